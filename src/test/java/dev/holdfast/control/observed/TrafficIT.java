package dev.holdfast.control.observed;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.control.driver.Api;
import dev.holdfast.control.driver.SiteOfATest;
import dev.holdfast.control.driver.WithControlPlane;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/// What load balancers count, summed up for people.
@WithControlPlane
class TrafficIT {

    @Autowired private Api api;
    @Autowired private JdbcClient jdbc;
    @Autowired private TrafficMeters meters;

    private SiteOfATest site;

    @BeforeEach
    void aServiceOnTwoLoadBalancers() {
        site = api.newSite("{'vipRanges': ['198.51.100.0/24']}");
        site.put("vips/shop", "{}").is(201);
        site.put("services/shop", "{'vip': 'shop', 'ports': [{'protocol': 'TCP', 'port': 80}]}")
                .is(201);
    }

    private void report(String node, String address, String counters) {
        site.put("nodes/" + node, "{'address': '" + address + "'}");
        String token = site.post("nodes/" + node + "/token", "").at("/token");
        api.as(token)
                .post(
                        "/agent/v1/sites/" + site.name() + "/nodes/" + node + "/report",
                        "{'counters': [" + counters + "]}")
                .is(204);
    }

    private static String counted(String service, String host, int connections) {
        return """
        {'service': '%s', 'host': '%s', 'connections': %d, 'packetsPerSecond': %d, 'bytesPerSecond': %d}\
        """
                .formatted(service, host, connections, 10 * connections, 100 * connections)
                .strip();
    }

    @Test
    void loadBalancersAreSummedUpAndSilentOnesLeftOut() {
        report("lb1", "10.2.1.2", counted("shop", "web1", 3) + "," + counted("shop", "web2", 4));
        report("lb2", "10.2.2.2", counted("shop", "web1", 5) + "," + counted("other", "web1", 9));
        report("lb3", "10.2.3.2", counted("shop", "web1", 100));
        jdbc.sql(
                        """
                        update report set heard_at = now() - interval '1 hour'
                        where node_id in (select id from node where name = 'lb3')
                        """)
                .update();

        site.get("services/shop/traffic")
                .is(200)
                .has("/service", "shop")
                .has("/connections", 12)
                .has("/packetsPerSecond", 120)
                .has("/bytesPerSecond", 1200)
                .has("/backends/0/host", "web1")
                .has("/backends/0/connections", 8)
                .has("/backends/0/nodes", 2)
                .has("/backends/1/host", "web2")
                .hasNo("/backends/2");
    }

    /// The lines of one site that Prometheus would read now.
    private List<String> lines() {
        meters.run();
        return api.asNobody()
                .get("/actuator/prometheus")
                .is(200)
                .body()
                .lines()
                .filter(line -> line.contains("site=\"" + site.name() + "\""))
                .map(line -> line.replaceAll("\\{.*\\}", ""))
                .sorted()
                .toList();
    }

    @Test
    void prometheusHasWhatFlowsAndForgetsWhatIsGone() {
        site.put("hosts/web1", "{'address': '192.0.2.21'}").is(201);
        report("lb1", "10.2.1.2", counted("shop", "web1", 3) + "," + counted("gone", "web1", 1));
        report("lb2", "10.2.2.2", counted("shop", "web1", 5) + "," + counted("shop", "gone", 1));

        assertThat(lines())
                .containsExactly(
                        "holdfast_backend_bytes_per_second 800.0",
                        "holdfast_backend_connections 8.0",
                        "holdfast_backend_packets_per_second 80.0");

        report("lb1", "10.2.1.2", counted("shop", "web1", 4));
        assertThat(lines()).contains("holdfast_backend_connections 9.0");

        site.delete("services/shop").is(204);
        assertThat(lines()).isEmpty();
    }

    @Test
    void packetsThatGotASecondChanceAreSummedUpOverHosts() {
        for (int i = 1; i <= 2; i++) {
            String host = "hosts/web" + i;
            site.put(host, "{'address': '192.0.2.2%d'}".formatted(i)).is(201);
            String path = "/agent/v1/sites/" + site.name() + "/" + host + "/report";
            Api agent = api.as(site.post(host + "/token", "").at("/token"));
            agent.post(path, "{'chances': [{'service': 'shop', 'packets': %d}]}".formatted(7 * i))
                    .is(204);
            agent.post(path, "{'chances': [{'service': 'shop', 'packets': -1}]}")
                    .isProblem(400, "chances[0].packets");
            agent.post(path, "{'chances': [{'service': 'S', 'packets': 1}]}")
                    .isProblem(400, "chances[0].service");
        }

        site.get("services/shop/traffic").is(200).has("/secondChancePackets", 21);
        assertThat(lines()).containsExactly("holdfast_service_second_chance_packets 21.0");
    }

    @Test
    void aServiceWithoutTrafficHasNoneAndOneThatIsNotThereIsNotFound() {
        site.get("services/shop/traffic").is(200).has("/connections", 0).has("/backends", "[]");
        site.get("services/nothing/traffic").isProblem(404);
    }
}
