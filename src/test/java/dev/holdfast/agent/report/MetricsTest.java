package dev.holdfast.agent.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.wire.Failure;
import dev.holdfast.wire.Report;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MetricsTest {
    private static final Report REPORT =
            new Report(
                    "e1",
                    42L,
                    43L,
                    "too much at once",
                    List.of(new Failure("disk", "save the state", "full")),
                    null,
                    Map.of("AddRoute", 2L),
                    null,
                    List.of(new Report.Counters("shop", "web1", 7, 70, 7_000)),
                    null,
                    null,
                    null,
                    null,
                    List.of(new Report.Chances("shop", 12)));

    @Test
    void whatIsReportedIsShown() {
        assertThat(Metrics.text(REPORT).lines())
                .contains(
                        "holdfast_agent_up 1",
                        "holdfast_agent_applied_revision 42",
                        "holdfast_agent_refused 1",
                        "holdfast_agent_failures 1",
                        "# TYPE holdfast_agent_repaired_total counter",
                        "holdfast_agent_repaired_total{kind=\"AddRoute\"} 2",
                        "holdfast_backend_connections{service=\"shop\",host=\"web1\"} 7",
                        "holdfast_backend_packets_per_second{service=\"shop\",host=\"web1\"} 70",
                        "holdfast_second_chance_packets_total{service=\"shop\"} 12",
                        "holdfast_backend_bytes_per_second{service=\"shop\",host=\"web1\"} 7000");
    }

    @Test
    void itIsServedOnLoopbackAlsoBeforeTheFirstReport() throws Exception {
        try (Metrics metrics = Metrics.open(0, () -> null);
                HttpClient client = HttpClient.newHttpClient()) {
            URI uri = URI.create("http://127.0.0.1:" + metrics.port() + "/metrics");
            HttpResponse<String> answer =
                    client.send(
                            HttpRequest.newBuilder(uri).build(),
                            HttpResponse.BodyHandlers.ofString());
            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.body()).contains("holdfast_agent_up 1");
        }
    }
}
