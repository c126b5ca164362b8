package dev.holdfast.story;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.control.driver.Answer;
import dev.holdfast.control.driver.Api;
import dev.holdfast.control.driver.SiteOfATest;
import dev.holdfast.control.driver.WithControlPlane;
import dev.holdfast.lab.Answers;
import dev.holdfast.lab.DataCentre;
import dev.holdfast.lab.Lab;
import dev.holdfast.lab.Machine;
import dev.holdfast.lab.Transport;
import dev.holdfast.lab.Trickle;
import dev.holdfast.maglev.Destination;
import dev.holdfast.maglev.ServiceFamily;
import dev.holdfast.maglev.Table;
import dev.holdfast.maglev.TableSize;
import dev.holdfast.wire.Encapsulation;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/// Backends change, twice, and then a load balancer leaves: what plain Maglev cannot survive. On a
/// VIP of IPv4 and on one of IPv6, which have the same backends. One of them has no agent: others
/// send on to it, and it sends on nothing.
@Lab
@WithControlPlane
class SecondChanceLabTest {

    private static final String VIP = "198.51.100.1";
    private static final String VIP6 = "2001:db8:100::1";
    private static final int PORT = 80;
    private static final int CONNECTIONS = 80;
    private static final int STRAYS = 60;
    private static final int TRIES_MAX = 60;
    private static final List<String> SERVICES = List.of("shop", "shop6");

    @Autowired private Api api;

    @Test
    void noConnectionIsResetWhenBackendsChangeAndALoadBalancerLeavesAndNoStrayGoesRound() {
        DataCentre dataCentre = DataCentre.named("chance").loadBalancers(2).backends(5).build();
        dataCentre.backends().forEach(backend -> backend.serve(PORT, VIP, VIP6));
        SiteOfATest site =
                api.newSite(
                        "{'vipRanges': ['%s', '%s'], 'encapsulation': {'kind': 'GUE'}}"
                                .formatted(DataCentre.VIPS, DataCentre.VIPS6));
        Machine alone = dataCentre.backend(1);
        WithoutAgent.takesPackets(alone, Encapsulation.Kind.GUE, VIP);
        WithoutAgent.takesPackets6(alone, VIP6);
        alone.sh("ip fou add port 6081 gue && ip fou add port 6082 gue");
        List<Machine> withAgents = dataCentre.backends().subList(1, 5);
        Fleet fleet = new Fleet(dataCentre, site).joinLoadBalancers();
        site.put("hosts/be1", "{'address': '%s'}".formatted(alone.address())).is(201);
        withAgents.forEach(fleet::join);
        for (String service : SERVICES) {
            String address = service.equals("shop") ? VIP : VIP6;
            site.put("vips/" + service, "{'address': '" + address + "'}").is(201);
            String ports = "[{'protocol': 'TCP', 'port': 80}]";
            site.put("services/" + service, "{'vip': '%s', 'ports': %s}".formatted(service, ports))
                    .is(201);
        }
        dataCentre.backends().forEach(SentOn::count);
        List.of("be1", "be2", "be3").forEach(host -> join(site, host));
        fleet.awaitLive().has("/agree", true);

        dataCentre.routeVipsTo(dataCentre.loadBalancer(1));
        List<Trickle> trickles =
                Stream.of(VIP, VIP6).map(vip -> trickle(dataCentre.client(), vip)).toList();
        join(site, "be4");
        fleet.awaitLive();
        Answer last = join(site, "be5");
        fleet.awaitLive();
        fleet.awaitApplied(Long.parseLong(last.at("/revision")), withAgents);
        // A load balancer remembers its connections: only one that they come to later asks the new
        // table.
        dataCentre.routeVipsTo(dataCentre.loadBalancer(2));
        dataCentre.client().sh("sleep 6");

        connectionsGoOn(trickles, dataCentre);
        for (String vip : List.of(VIP, VIP6)) {
            straysAreSentOnTwiceAtMost(vip, dataCentre);
        }
        for (String service : SERVICES) {
            fleet.await(
                    "services/" + service + "/traffic",
                    traffic -> traffic.json().at("/secondChancePackets").asLong() > 0);
        }
    }

    private static void connectionsGoOn(List<Trickle> trickles, DataCentre dataCentre) {
        List<Machine> backends = dataCentre.backends();
        long twice = 0;
        int known = 0;
        for (int i = 0; i < trickles.size(); i++) {
            Trickle.Fared fared = trickles.get(i).stop();
            SentOn sentOn = SentOn.by(backends, i == 0 ? "ip" : "ip6");
            System.out.println(SERVICES.get(i) + ": " + fared + ", " + sentOn);
            Predicate<Trickle.Connection> comesToNoAgent =
                    comesTo("be1", 5, i, dataCentre).or(comesTo("be1", 4, i, dataCentre));
            assertThat(fared.broken().stream().filter(comesToNoAgent.negate()))
                    .as(SERVICES.get(i))
                    .isEmpty();
            known +=
                    (int)
                            fared.connections().stream()
                                    .filter(one -> one.backend().equals("be1"))
                                    .filter(comesToNoAgent.negate())
                                    .count();
            assertThat(fared.connections()).hasSize(CONNECTIONS);
            // Without this the scenario would prove nothing.
            assertThat(sentOn.first()).as(SERVICES.get(i)).isPositive();
            assertThat(sentOn.round()).as(SERVICES.get(i)).isZero();
            twice += sentOn.second();
        }
        // One connection in twelve needs both hops: in all 160 together some do, whatever their
        // ports are.
        assertThat(twice).as("second hops").isPositive();
        assertThat(known).as("sent on to the host without an agent").isPositive();
    }

    /// Whom the table of so many backends names for a connection. A load balancer sends it to whom
    /// the last table names, and that one on to whom the one before may name.
    private static Predicate<Trickle.Connection> comesTo(
            String host, int backends, int service, DataCentre dataCentre) {
        ServiceFamily family = service == 0 ? ServiceFamily.IPV4 : ServiceFamily.IPV6;
        List<Destination> oldestFirst =
                dataCentre.backends().subList(0, backends).stream()
                        .map(backend -> Destination.serving(address(backend.address()), PORT, 1))
                        .toList();
        Table table = Table.ofAscending(TableSize.DEFAULT, family, oldestFirst);
        Machine client = dataCentre.client();
        InetAddress source = address(service == 0 ? client.address() : client.address6());
        InetAddress wanted = address(dataCentre.machine(host).address());
        return one ->
                table.destinations()
                        .get(table.find(family.key(source, one.port())))
                        .address()
                        .equals(wanted);
    }

    private static InetAddress address(String text) {
        return InetAddress.ofLiteral(text);
    }

    /// Nobody has their connections: each ends at a host that says so to the client, but for the
    /// few that come back to a host that sent them on, and these end there.
    private static void straysAreSentOnTwiceAtMost(String vip, DataCentre dataCentre) {
        String family = vip.equals(VIP) ? "ip" : "ip6";
        SentOn before = still(dataCentre.backends(), family);

        Answers answers = dataCentre.client().stray(vip, PORT, STRAYS);

        SentOn after = SentOn.by(dataCentre.backends(), family);
        System.out.println(vip + ": strays " + answers + ", before " + before + ", after " + after);
        assertThat(after.round()).as(vip).isZero();
        assertThat(after.first() - before.first()).isBetween(1L, (long) STRAYS);
        assertThat(after.second() - before.second()).isBetween(0L, (long) STRAYS);
        assertThat(answers.count(Answers.Outcome.RESET))
                .as("%s", answers)
                .isBetween(STRAYS * 9L / 10, (long) STRAYS);
        dataCentre.client().sh("sleep 2");
        assertThat(SentOn.by(dataCentre.backends(), family)).as(vip).isEqualTo(after);
    }

    /// What was sent on once the last words of connections that were closed are over.
    private static SentOn still(List<Machine> backends, String family) {
        SentOn before = SentOn.by(backends, family);
        for (int i = 0; i < TRIES_MAX; i++) {
            backends.getFirst().sh("sleep 2");
            SentOn now = SentOn.by(backends, family);
            if (now.equals(before)) {
                return now;
            }
            before = now;
        }
        throw new AssertionError("packets are still sent on: " + before);
    }

    private static Trickle trickle(Machine client, String vip) {
        return client.trickle(Transport.TCP, vip, PORT, CONNECTIONS, Duration.ofMillis(500));
    }

    /// The host becomes a backend of both.
    private static Answer join(SiteOfATest site, String host) {
        return SERVICES.stream()
                .map(service -> site.put("services/" + service + "/backends/" + host, "{}").is(201))
                .toList()
                .getLast();
    }

    /// Packets that hosts had from other hosts, by rules of the test's own.
    ///
    /// @param first sent on once
    /// @param second sent on twice
    /// @param round sent on more often, by their time to live: each IPVS takes one off, and so did
    ///   the router
    private record SentOn(long first, long second, long round) {

        private static final String COUNT =
                """
                nft -f - <<'RULES'
                table %1$s counted {
                    chain came {
                        type filter hook prerouting priority raw; policy accept;
                        iifname "%2$s" meta mark 0x48400001 counter comment "first"
                        iifname "%2$s" meta mark 0x48400002 counter comment "second"
                        iifname "%2$s" %3$s < 60 counter comment "round"
                    }
                }
                RULES
                """;

        static void count(Machine host) {
            host.sh(
                    COUNT.formatted("ip", "tunl0", "ip ttl")
                            + COUNT.formatted("ip6", "sit0", "ip6 hoplimit"));
        }

        /// @param family of nftables: `ip` or `ip6`
        static SentOn by(List<Machine> hosts, String family) {
            long[] sums = new long[3];
            for (Machine host : hosts) {
                String script =
                        """
                        nft list table %s counted | awk '
                            function packets(  i) { for (i = 1; i < NF; i++) if ($i == "packets") return $(i + 1) }
                            /"first"/ { first = packets() }
                            /"second"/ { second = packets() }
                            /"round"/ { round = packets() }
                            END { print first, second, round }'
                        """
                                .formatted(family);
                String[] counted = host.sh(script).strip().split(" ", -1);
                for (int i = 0; i < sums.length; i++) {
                    sums[i] += Long.parseLong(counted[i]);
                }
            }
            return new SentOn(sums[0], sums[1], sums[2]);
        }
    }
}
