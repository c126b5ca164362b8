package dev.holdfast.control.migration;

import dev.holdfast.control.driver.Answer;
import dev.holdfast.control.driver.Api;
import dev.holdfast.control.driver.SiteOfATest;
import dev.holdfast.maglev.Destination;
import dev.holdfast.maglev.ServiceFamily;
import dev.holdfast.maglev.Table;
import dev.holdfast.maglev.TableSize;
import dev.holdfast.wire.IpAddress;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/// A site with a service `shop`, its backends, old load balancers, and a load balancer `lb1` whose
/// desired state is looked at.
record ShopBeingMoved(SiteOfATest site, Api agent) {

    static final String OLD = "'10.4.1.2', '10.4.2.2'";
    static final int PORT = 80;

    static ShopBeingMoved with(Api api, int backends) {
        SiteOfATest site = api.newSite();
        site.put("nodes/lb1", "{'address': '10.2.1.2'}").is(201);
        Api agent = api.as(site.post("nodes/lb1/token", "").is(200).at("/token"));
        site.put("vips/shop", "{'address': '198.51.100.1'}").is(201);
        site.put("services/shop", "{'vip': 'shop', 'ports': [{'protocol': 'TCP', 'port': 80}]}")
                .is(201);
        ShopBeingMoved shop = new ShopBeingMoved(site, agent);
        for (int i = 1; i <= backends; i++) {
            shop.join(i);
        }
        return shop;
    }

    Answer join(int number) {
        site.put("hosts/be" + number, "{'address': '10.3.%d.2'}".formatted(number)).is(201);
        return site.put("services/shop/backends/be" + number, "{}").is(201);
    }

    Answer migration() {
        return site.get("services/shop/migration").is(200);
    }

    Answer to(String stage) {
        return put("'stage': '" + stage + "', 'legacyHosts': [" + OLD + "]");
    }

    Answer canary(String percent) {
        return put("'stage': 'CANARY', 'percent': %s, 'legacyHosts': [%s]".formatted(percent, OLD));
    }

    Answer put(String members) {
        return site.put("services/shop/migration", "{" + members + "}");
    }

    long revision() {
        return Long.parseLong(site.get("status").is(200).at("/revision"));
    }

    /// What load balancers are told of a service; a missing node when it is nothing.
    JsonNode desired(String service) {
        JsonNode services =
                agent.get("/agent/v1/sites/%s/nodes/lb1/desired-state".formatted(site.name()))
                        .is(200)
                        .json()
                        .get("services");
        for (JsonNode one : services) {
            if (one.get("name").asString().equals(service)) {
                return one;
            }
        }
        return services.path("nothing");
    }

    /// What changed for load balancers since a revision.
    Answer delta(long after) {
        String epoch = site.api().get(site.path()).at("/epoch");
        return agent.get(
                        "/agent/v1/sites/%s/nodes/lb1/desired-state?after=%d&epoch=%s"
                                .formatted(site.name(), after, epoch))
                .is(200);
    }

    /// The kernel's table of what load balancers are told, and who stands behind each destination.
    Known table() {
        List<Destination> oldestFirst = new ArrayList<>();
        List<String> hosts = new ArrayList<>();
        for (JsonNode one : desired("shop").get("destinations")) {
            var address = IpAddress.parse(one.get("address").asString()).toInetAddress();
            int weight = one.get("weight").asInt();
            oldestFirst.add(
                    one.get("serving").asBoolean()
                            ? Destination.serving(address, PORT, weight)
                            : Destination.drained(address, PORT, weight));
            hosts.addFirst(one.has("host") ? one.get("host").asString() : "");
        }
        return new Known(
                Table.ofAscending(TableSize.DEFAULT, ServiceFamily.IPV4, oldestFirst), hosts);
    }

    /// @param hosts newest first, as the table's destinations; empty: an old load balancer
    record Known(Table table, List<String> hosts) {

        String host(String address, int port) {
            int key = ServiceFamily.IPV4.key(IpAddress.parse(address).toInetAddress(), port);
            return hosts.get(table.find(key));
        }
    }
}
