package dev.holdfast.control.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.control.driver.Answer;
import dev.holdfast.control.driver.Api;
import dev.holdfast.control.driver.SiteOfATest;
import dev.holdfast.control.driver.Twin;
import dev.holdfast.control.driver.WithControlPlane;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@WithControlPlane
class AuditIT {

    @Autowired private Api api;
    @Autowired private JdbcClient jdbc;

    private Answer audit(SiteOfATest site, String more, String... headers) {
        return api.get("/api/v1/audit?path=" + site.path() + more, headers).is(200);
    }

    @Test
    void aWriteIsThereWithWhatWasBeforeAndAfter() {
        SiteOfATest site = api.newSite();
        site.put("nodes/lb1", "{'address': '10.2.1.2'}").is(201);
        site.put("nodes/lb1", "{'address': '10.2.1.3'}").is(200);
        site.put("nodes/lb1", "{'address': '10.2.1.3'}").is(200);
        site.delete("nodes/lb1?meant=true").is(204);

        Answer audit = audit(site, "");

        assertThat(audit.each("/outcome"))
                .containsExactly("DONE", "UNCHANGED", "DONE", "DONE", "DONE");
        audit.has("/items/0/method", "DELETE")
                .has("/items/0/actor", "admin")
                .has("/items/0/origin", "127.0.0.1")
                .has("/items/0/path", site.path("nodes/lb1"))
                .has("/items/0/query", "meant=true")
                .has("/items/0/meant", true)
                .has("/items/0/revision", 4)
                .has("/items/0/changes/0/kind", "NODE")
                .has("/items/0/changes/0/before/address", "10.2.1.3")
                .hasNo("/items/0/changes/0/after")
                .hasNo("/items/1/changes")
                .hasNo("/items/1/revision")
                .has("/items/2/changes/0/before/address", "10.2.1.2")
                .has("/items/2/changes/0/after/address", "10.2.1.3")
                .hasNo("/items/3/changes/0/before");
    }

    @Test
    void aRefusedWriteIsThereWithTheReason() {
        SiteOfATest site = api.newSite();
        site.put("nodes/lb1", "{'address': 'x'}").isProblem(400);
        site.delete("nodes/lb1").isProblem(404);
        site.put("nodes/lb1", "{'address': '10.2.1.2'}", "If-Match", "\"1\"").isProblem(412);
        site.get("nodes/lb1").isProblem(404);
        site.post("plan", "{}").isProblem(400);
        site.post("apply", "{}").isProblem(400, "changes");
        // How many strangers are written down in a minute is limited, by each server for itself.
        try (Twin other = Twin.start()) {
            other.api().asNobody().delete(site.path("nodes/lb1")).isProblem(401);
        }

        Answer refused = audit(site, "&outcome=REFUSED");

        assertThat(refused.each("/status")).containsExactly("401", "400", "412", "404", "400");
        assertThat(refused.each("/actor"))
                .containsExactly("nobody", "admin", "admin", "admin", "admin");
        assertThat(refused.at("/items/4/reason")).startsWith("address: x (expected: ");
        assertThat(refused.at("/items/3/reason")).isEqualTo("there is no node lb1");
    }

    @Test
    void anAgentThatTriesIsNamed() {
        SiteOfATest site = api.newSite();
        site.put("nodes/lb1", "{'address': '10.2.1.2'}").is(201);
        String token = site.post("nodes/lb1/token", "").is(200).at("/token");

        api.as(token).delete(site.path("nodes/lb1")).isProblem(403);

        Answer audit = audit(site, "/nodes");
        audit.has("/items/0/status", 403);
        assertThat(audit.at("/items/0/actor")).contains("lb1");
        audit.has("/items/1/path", site.path("nodes/lb1/token"))
                .has("/items/1/outcome", "UNCHANGED");
        assertThat(audit.body()).doesNotContain(token);
    }

    @Test
    void aChangeSetIsOneEntryAndTheReasonOfAnOverrideIsKept() {
        SiteOfATest site = api.newSite();
        site.post(
                        "apply?override=it%20burns",
                        """
                        {'changes': [{'method': 'PUT', 'path': '/hosts/be1', 'body': {'address': '10.3.1.2'}},
                          {'method': 'PUT', 'path': '/hosts/be2', 'body': {'address': '10.3.1.3'}}]}\
                        """)
                .is(200);

        Answer audit = audit(site, "/apply");

        assertThat(audit.json().at("/items")).hasSize(1);
        audit.has("/items/0/override", "it burns").has("/items/0/changes/1/name", "be2");
    }

    @Test
    void theAuditOutlivesItsSite() {
        SiteOfATest site = api.newSite();
        api.delete(site.path()).is(204);

        audit(site, "")
                .has("/items/0/method", "DELETE")
                .has("/items/0/changes/0/kind", "SITE")
                .has("/items/0/changes/0/before/name", site.name())
                .has("/items/1/method", "PUT");
    }

    @Test
    void itIsFilteredAndPaged() {
        SiteOfATest site = api.newSite();
        for (int i = 1; i <= 5; i++) {
            site.put("nodes/lb" + i, "{'address': '10.2.1.%d'}".formatted(i)).is(201);
        }

        Answer first = audit(site, "/nodes&limit=2");
        assertThat(first.each("/path"))
                .containsExactly(site.path("nodes/lb5"), site.path("nodes/lb4"));
        Answer second = audit(site, "/nodes&limit=2&after=" + first.at("/next"));
        assertThat(second.each("/path"))
                .containsExactly(site.path("nodes/lb3"), site.path("nodes/lb2"));
        audit(site, "/nodes&limit=2&after=" + second.at("/next")).hasNo("/next");
        assertThat(audit(site, "&who=nobody-else").each("/id")).isEmpty();
        assertThat(audit(site, "&who=admin&outcome=DONE").each("/id")).hasSize(6);
        String middle = second.at("/items/0/at");
        assertThat(audit(site, "/nodes&since=" + middle).each("/path")).hasSize(3);
        assertThat(audit(site, "/nodes&until=" + middle).each("/path")).hasSize(2);
    }

    @Test
    void itIsExportedAnEntryALine() {
        SiteOfATest site = api.newSite();
        site.put("nodes/lb1", "{'address': '10.2.1.2'}").is(201);

        Answer export = audit(site, "", "Accept", "application/x-ndjson");

        assertThat(export.header("Content-Type")).startsWith("application/x-ndjson");
        List<JsonNode> lines =
                export.body().lines().map(line -> new JsonMapper().readTree(line)).toList();
        assertThat(lines).hasSize(2);
        assertThat(lines.getFirst().at("/changes/0/after/address").asString())
                .isEqualTo("10.2.1.2");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "update audit set actor = 'somebody else'",
                "delete from audit",
                "truncate audit"
            })
    void theDatabaseLetsNobodyChangeIt(String statement) {
        api.newSite();

        assertThatThrownBy(() -> jdbc.sql(statement).update())
                .hasStackTraceContaining("only added to");

        assertThat(jdbc.sql("select count(*) from audit").query(Long.class).single()).isPositive();
        assertThat(
                        jdbc.sql(
                                        """
                                        select count(*) from information_schema.role_table_grants
                                        where table_name = 'audit'
                                            and privilege_type in ('UPDATE', 'DELETE', 'TRUNCATE')
                                        """)
                                .query(Long.class)
                                .single())
                .isZero();
    }

    @Test
    void whatIsWrongIsNamed() {
        String audit = "/api/v1/audit";

        api.get(audit + "?since=yesterday").isProblem(400, "since");
        api.get(audit + "?until=1").isProblem(400, "until");
        api.get(audit + "?outcome=GOOD").isProblem(400, "outcome");
        api.get(audit + "?after=a").isProblem(400, "after");
        api.get(audit + "?who=%00").isProblem(400, "who");
        api.get(audit, "Accept", "image/png").isProblem(406);
        api.asNobody().get(audit).isProblem(401);
    }
}
