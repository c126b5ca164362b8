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
import dev.holdfast.maglev.ServiceFamily;
import dev.holdfast.wire.Encapsulation;
import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/// Backends join, one is drained and comes back, and then a load balancer leaves: what plain Maglev
/// cannot survive. On a VIP of IPv4 and on one of IPv6, which have the same backends. One of them
/// has no agent: others send on to it, and it sends on nothing.
///
/// By the tables two connections of a thousand are lost, those that moved twice, once for no
/// reason. Were no table remembered but the last three, it would be four of ten: the one that was
/// drained has three tables by itself.
@Lab
@WithControlPlane
class SecondChanceLabTest {

    private static final String VIP = "198.51.100.1";
    private static final String VIP6 = "2001:db8:100::1";
    private static final int PORT = 80;
    private static final int CONNECTIONS = 80;
    private static final int LOST_MAX = 4;
    private static final int FLOWS = 40;
    private static final int NEW_FLOWS = 60;
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
            service(site, service, service, "TCP");
            service(site, service + "-udp", service, "UDP");
        }
        dataCentre.backends().forEach(SentOn::count);
        SERVICES.forEach(
                service -> site.put("services/" + service + "/backends/be1", "{}").is(201));
        List.of("be2", "be3").forEach(host -> join(site, host));
        fleet.awaitLive().has("/agree", true);

        dataCentre.routeVipsTo(dataCentre.loadBalancer(1));
        List<Trickle> trickles = trickles(dataCentre.client(), Transport.TCP, CONNECTIONS);
        List<Trickle> flows = trickles(dataCentre.client(), Transport.UDP, FLOWS);
        // A host that nobody probes gets packets at once. Until it has the VIP it may pass them on.
        known(join(site, "be4"), fleet, withAgents.subList(0, 3));
        known(join(site, "be5"), fleet, withAgents);
        known(put(site, "be3", "{'adminState': 'DRAINING'}"), fleet, withAgents);
        known(put(site, "be3", "{}"), fleet, withAgents);
        // A load balancer remembers its connections: only one that they come to later asks the new
        // table.
        dataCentre.routeVipsTo(dataCentre.loadBalancer(2));
        dataCentre.client().sh("sleep 6");

        connectionsGoOn(trickles, dataCentre);
        flowsStayWhereTheyWereAndNewOnesGoWhereTheyBelong(flows, dataCentre);
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
            Predicate<Trickle.Connection> comesToNoAgent = comesToNoAgent(dataCentre, family(i));
            assertThat(fared.broken().stream().filter(comesToNoAgent.negate()).toList())
                    .as(SERVICES.get(i))
                    .hasSizeLessThanOrEqualTo(LOST_MAX);
            known +=
                    (int)
                            fared.connections().stream()
                                    .filter(one -> one.outcome().equals("OPEN"))
                                    .filter(one -> one.backend().equals("be1"))
                                    .filter(comesToNoAgent.negate())
                                    .count();
            assertThat(fared.connections()).hasSize(CONNECTIONS);
            // Without this the scenario would prove nothing.
            assertThat(sentOn.first()).as(SERVICES.get(i)).isPositive();
            assertThat(sentOn.round()).as(SERVICES.get(i)).isZero();
            twice += sentOn.second();
        }
        // One connection in eighteen needs both hops: in all 160 together some do, whatever their
        // ports are.
        assertThat(twice).as("second hops").isPositive();
        assertThat(known).as("sent on to the host without an agent").isPositive();
    }

    private static ServiceFamily family(int service) {
        return service == 0 ? ServiceFamily.IPV4 : ServiceFamily.IPV6;
    }

    /// A load balancer sends it to whom the last table names, and that one on to whom an earlier
    /// one may name.
    private static Predicate<Trickle.Connection> comesToNoAgent(
            DataCentre dataCentre, ServiceFamily family) {
        List<Machine> all = dataCentre.backends();
        return Owners.of(dataCentre, family, PORT, all)
                .name("be1")
                .or(Owners.of(dataCentre, family, PORT, all.subList(0, 4)).name("be1"))
                .or(Owners.of(dataCentre, family, PORT, all, "be3").name("be1"));
    }

    /// One hop leads to where a flow is known, the other one back: so those that moved twice have
    /// begun anew, and the rest have not. All of these hosts have the agent.
    ///
    /// New ones begin while the old ones go on: a port that was let go might be taken again, and
    /// UDP has nothing that says that a flow is another one. It would go where the old one went.
    private static void flowsStayWhereTheyWereAndNewOnesGoWhereTheyBelong(
            List<Trickle> flows, DataCentre dataCentre) {
        for (int i = 0; i < flows.size(); i++) {
            List<Machine> withAgents = dataCentre.backends().subList(1, 5);
            Owners before = Owners.of(dataCentre, family(i), PORT, withAgents.subList(0, 2));
            Owners now = Owners.of(dataCentre, family(i), PORT, withAgents);

            String vip = i == 0 ? VIP : VIP6;
            Answers fresh = dataCentre.client().ask(Transport.UDP, vip, PORT, NEW_FLOWS);
            assertThat(fresh.answered()).as("%s", fresh).isEqualTo(NEW_FLOWS);
            assertThat(fresh.all())
                    .as(SERVICES.get(i))
                    .allMatch(one -> one.backend().equals(now.of(one.port())));
            assertThat(fresh.backends()).as(SERVICES.get(i)).contains("be4", "be5");

            Trickle.Fared fared = flows.get(i).stop();
            long named =
                    fared.connections().stream()
                            .filter(one -> !before.of(one.port()).equals(now.of(one.port())))
                            .count();
            System.out.println(
                    "%s: UDP %s; %d have another owner".formatted(SERVICES.get(i), fared, named));
            long moved = fared.connections().stream().filter(one -> one.changes() > 0).count();
            assertThat(moved)
                    .as("%s of %d", SERVICES.get(i), named)
                    .isLessThanOrEqualTo(named * 3 / 4);
            assertThat(named).as(SERVICES.get(i)).isPositive();
        }
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

    private static List<Trickle> trickles(Machine client, Transport transport, int count) {
        return Stream.of(VIP, VIP6)
                .map(vip -> client.trickle(transport, vip, PORT, count, Duration.ofMillis(500)))
                .toList();
    }

    /// The host becomes a backend of all.
    private static Answer join(SiteOfATest site, String host) {
        return put(site, host, "{}");
    }

    private static void known(Answer change, Fleet fleet, List<Machine> hosts) {
        fleet.awaitLive();
        fleet.awaitApplied(change.etag(), hosts);
    }

    private static Answer put(SiteOfATest site, String host, String json) {
        return SERVICES.stream()
                .flatMap(service -> Stream.of(service, service + "-udp"))
                .map(service -> site.put("services/" + service + "/backends/" + host, json))
                .toList()
                .getLast();
    }

    private static void service(SiteOfATest site, String name, String vip, String protocol) {
        String ports = "[{'protocol': '%s', 'port': %d}]".formatted(protocol, PORT);
        site.put(
                        "services/" + name,
                        "{'vip': '%s', 'ports': %s, 'udpSecondChance': true}".formatted(vip, ports))
                .is(201);
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
