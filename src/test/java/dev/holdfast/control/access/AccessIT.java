package dev.holdfast.control.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.control.driver.Answer;
import dev.holdfast.control.driver.Api;
import dev.holdfast.control.driver.SiteOfATest;
import dev.holdfast.control.driver.Twin;
import dev.holdfast.control.driver.WithControlPlane;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

@WithControlPlane
class AccessIT {

    @Autowired private Api api;
    @Autowired private JdbcClient jdbc;

    private SiteOfATest site;

    private record Operation(String method, String path) {}

    @BeforeEach
    void aSiteWithANodeAndAHost() {
        site = api.newSite();
        site.put("nodes/lb1", "{'address': '10.2.1.2'}").is(201);
        site.put("nodes/lb2", "{'address': '10.2.2.2'}").is(201);
        site.put("hosts/be1", "{'address': '10.3.1.2'}").is(201);
    }

    @Test
    void everyPathWantsAToken() {
        for (Operation operation : operations()) {
            for (Api stranger : List.of(api.asNobody(), api.as("nonsense"), api.as("Bearer"))) {
                Answer answer = send(stranger, operation);

                answer.isProblem(401, "Authorization");
                assertThat(answer.header("WWW-Authenticate"))
                        .as("%s", answer)
                        .startsWith("Bearer realm=\"holdfast\"");
            }
        }
    }

    @Test
    void anAgentReachesItsOwnPathsOnly() {
        String node = "/agent/v1/sites/" + site.name() + "/nodes/lb1/";
        String host = "/agent/v1/sites/" + site.name() + "/hosts/be1/";
        Api onNode = api.as(newToken("nodes/lb1"));
        Api onHost = api.as(newToken("hosts/be1"));
        int own = 0;
        for (Operation operation : operations()) {
            own += reaches(onNode, operation, operation.path().startsWith(node));
            own += reaches(onHost, operation, operation.path().startsWith(host));
        }
        assertThat(own).as("own paths found in the document").isGreaterThanOrEqualTo(2);
        String others = "/agent/v1/sites/" + site.name();
        for (String path :
                List.of(
                        others + "/nodes/lb2/desired-state",
                        others + "/nodes/lb1",
                        others + "/nodes/lb10/desired-state",
                        others + "/hosts/lb1/desired-state",
                        "/agent/v1/sites/other/nodes/lb1/desired-state",
                        "/actuator/info",
                        "/nothing")) {
            onNode.get(path).isProblem(403, "Authorization");
        }
    }

    @Test
    void theAdminMayLookButNotReport() {
        String path = "/agent/v1/sites/" + site.name() + "/nodes/lb1";

        api.get(path + "/desired-state").is(200);
        api.post(path + "/report", "{}").isProblem(403);
    }

    @Test
    void aNewTokenStopsTheOneBeforeAtOnce() {
        String path = "/agent/v1/sites/" + site.name() + "/nodes/lb1/desired-state";
        String first = newToken("nodes/lb1");
        api.as(first).get(path).is(200);

        String second = newToken("nodes/lb1");

        assertThat(second).isNotEqualTo(first);
        api.as(first).get(path).isProblem(401);
        api.as(second).get(path).is(200);
    }

    /// The other replica remembers tokens that it has seen, and is told when one changes.
    @Test
    void aNewTokenStopsTheOneBeforeOnOtherReplicasToo() throws InterruptedException {
        String path = "/agent/v1/sites/" + site.name() + "/nodes/lb1/desired-state";
        String first = newToken("nodes/lb1");
        try (Twin twin = Twin.start("holdfast.reread-interval=1h")) {
            twin.api().as(first).get(path).is(200);

            String second = newToken("nodes/lb1");

            for (int waits = 0; twin.api().as(first).get(path).status() != 401; waits++) {
                assertThat(waits).as("tenths of a second until it stopped").isLessThan(300);
                Thread.sleep(100);
            }
            twin.api().as(second).get(path).is(200);
        }
    }

    @Test
    void aTokenGoesWithItsNode() {
        String path = "/agent/v1/sites/" + site.name() + "/nodes/lb1/desired-state";
        String token = newToken("nodes/lb1");
        api.as(token).get(path).is(200);

        site.delete("nodes/lb1").is(204);

        api.as(token).get(path).isProblem(401);
        site.put("nodes/lb1", "{'address': '10.2.1.2'}").is(201);
        api.as(token).get(path).isProblem(401);
    }

    @Test
    void tokensMakeNoRevisionAndOnlyTheirHashIsKept() {
        String token = newToken("hosts/be1");

        assertThat(site.put("nodes/lb3", "{'address': '10.2.3.2'}").etag()).isEqualTo(5);
        site.post("nodes/none/token", "").isProblem(404).says("node none");
        List<String> kept =
                jdbc.sql("select encode(hash, 'hex') from agent_token where name = 'be1'")
                        .query((row, _) -> String.valueOf(row.getString(1)))
                        .list();
        assertThat(kept).contains(HexFormat.of().formatHex(Secret.hash(token)));
    }

    @Test
    void whatIsForEveryoneIsOpen() {
        for (String path :
                List.of(
                        "/actuator/health",
                        "/actuator/health/liveness",
                        "/actuator/health/readiness",
                        "/actuator/prometheus",
                        "/v3/api-docs",
                        "/v3/api-docs.yaml")) {
            api.asNobody().get(path).is(200);
        }
        api.asNobody().get("/nothing").isProblem(401);
    }

    @Test
    void nobodyGetsASession() {
        assertThat(api.get("/api/v1/sites").header("Set-Cookie")).isEmpty();
        assertThat(api.asNobody().get("/api/v1/sites").header("Set-Cookie")).isEmpty();
    }

    /// @return 1 when it was reached
    private int reaches(Api agent, Operation operation, boolean own) {
        Answer answer = send(agent, operation);
        if (own) {
            assertThat(answer.status()).as("%s", answer).isNotIn(401, 403);
            return 1;
        }
        answer.isProblem(403, "Authorization");
        return 0;
    }

    private static Answer send(Api caller, Operation operation) {
        return caller.send(operation.method(), operation.path(), BodyPublishers.ofString("{}"));
    }

    private String newToken(String machine) {
        return site.post(machine + "/token", "").is(200).at("/token");
    }

    /// All that the document knows, with this test's names in place of the variables.
    private List<Operation> operations() {
        Map<String, String> names = Map.of("{site}", site.name(), "{node}", "lb1", "{host}", "be1");
        List<Operation> found = new ArrayList<>();
        api.get("/v3/api-docs")
                .json()
                .get("paths")
                .properties()
                .forEach(path ->
                        path.getValue()
                                .propertyNames()
                                .forEach(method -> {
                                    String filled = path.getKey();
                                    for (Map.Entry<String, String> name : names.entrySet()) {
                                        filled = filled.replace(name.getKey(), name.getValue());
                                    }
                                    found.add(
                                            new Operation(
                                                    method.toUpperCase(Locale.ROOT),
                                                    filled.replaceAll("\\{[^}]*}", "x")));
                                }));
        assertThat(found).hasSizeGreaterThan(20);
        return found;
    }
}
