package dev.holdfast.control.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.holdfast.control.driver.Api;
import dev.holdfast.control.driver.RealPostgres;
import dev.holdfast.control.driver.Replica;
import dev.holdfast.control.driver.Visitor;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

@ExtendWith(OutputCaptureExtension.class)
class DatabaseDownIT {

    @Test
    void withoutItsDatabaseTheServerSaysSoAndLivesOn(CapturedOutput log) throws IOException {
        EmbeddedPostgres postgres = EmbeddedPostgres.start();
        String url = postgres.getJdbcUrl("postgres", "postgres");
        try (Replica server = Replica.on(new RealPostgres(url, "postgres", "postgres"))) {
            Api api = server.api();
            String poll = "/agent/v1/sites/one/nodes/lb1/desired-state?wait=0&after=2";
            String token;
            Visitor person = new Visitor(api).login();
            try (postgres) {
                api.put("/api/v1/sites/one", "{'vipRanges': ['198.51.100.0/24']}").is(201);
                api.put("/api/v1/sites/one/nodes/lb1", "{'address': '10.2.1.2'}").is(201);
                token = api.post("/api/v1/sites/one/nodes/lb1/token", "").is(200).at("/token");
                await().atMost(Duration.ofSeconds(60)) // the first state is being loaded
                        .until(() -> api.get("/actuator/health/readiness").status() == 200);
                api.as(token).get(poll).is(304); // which makes the agent known
            }

            api.get("/api/v1/sites/one").isProblem(503, "database");
            api.put("/api/v1/sites/two", "{'vipRanges': ['198.51.100.0/24']}")
                    .isProblem(503, "database");
            api.as("hf_node_unknown").get("/api/v1/sites/one").isProblem(503, "database");
            api.as(token).get(poll).is(304); // an agent that is known needs no database to wait
            api.asNobody().get("/api/v1/sites/one").isProblem(401);
            person.get("/console/sites/one").is(503).shows("The database does not answer");
            api.get("/actuator/health/liveness").is(200);
            api.get("/actuator/health/readiness").is(503);

            await().atMost(Duration.ofSeconds(60))
                    .until(() ->
                            log.getOut()
                                    .lines()
                                    .anyMatch(line ->
                                            line.contains("scheduling-")
                                                    && line.contains(
                                                            "the database does not answer: ")));
            assertThat(log.getOut())
                    .doesNotContain("a round failed", "error occurred in scheduled task");
        }
    }
}
