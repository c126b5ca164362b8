package dev.holdfast.control.observed;

import dev.holdfast.control.driver.Api;
import dev.holdfast.control.driver.SiteOfATest;
import dev.holdfast.control.driver.WithControlPlane;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/// What load balancers count, summed up for people.
@WithControlPlane
class TrafficIT {

    @Autowired private Api api;
    @Autowired private JdbcClient jdbc;

    private SiteOfATest site;

    @BeforeEach
    void aServiceOnTwoLoadBalancers() {
        site = api.newSite("{'vipRanges': ['198.51.100.0/24']}");
        site.put("vips/shop", "{}").is(201);
        site.put("services/shop", "{'vip': 'shop', 'ports': [{'protocol': 'TCP', 'port': 80}]}")
                .is(201);
    }

    private void report(String node, String address, String counters) {
        site.put("nodes/" + node, "{'address': '" + address + "'}").is(201);
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

    @Test
    void aServiceWithoutTrafficHasNoneAndOneThatIsNotThereIsNotFound() {
        site.get("services/shop/traffic").is(200).has("/connections", 0).has("/backends", "[]");
        site.get("services/nothing/traffic").isProblem(404);
    }
}
