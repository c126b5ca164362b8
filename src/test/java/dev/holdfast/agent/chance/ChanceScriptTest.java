package dev.holdfast.agent.chance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.agent.chance.Rules.Packet;
import dev.holdfast.agent.reconcile.SecondChance;
import dev.holdfast.agent.watch.HostDesired;
import dev.holdfast.agent.watch.HostModel;
import dev.holdfast.wire.Family;
import dev.holdfast.wire.Protocol;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// How often a packet is sent on, by the rules alone: whatever tables the hosts have, and however
/// they differ, each hop leads to the next port, and the last port to none.
class ChanceScriptTest {

    private static final int GUE = 6080;
    private static final String CHANCE =
            """
            {"affinity": "CONNECTION", "destinations":
             [{"host": "be2", "ordinal": 2, "address": "10.3.2.2", "weight": 1, "serving": true}]}\
            """;
    private static final String BOTH_VIPS =
            """
            [{"name": "shop", "address": "198.51.100.1"},
             {"name": "shop6", "address": "2001:db8:100::1"}]\
            """;
    private static final String ONE_VIP =
            "[{\"name\": \"shop6\", \"address\": \"2001:db8:100::1\"}]";
    private static final String MOVES =
            """
            {"kind": "GUE", "port": 6080}, "accepts":
             [{"kind": "GUE", "port": 6080}, {"kind": "GUE", "port": 7000}, {"kind": "IPIP"}]\
            """;
    private static final String STAYS = "{\"kind\": \"GUE\", \"port\": 6080}";

    static Stream<Arguments> hosts() {
        return Stream.of(
                host("of IPv4", "10.3.1.2", STAYS, BOTH_VIPS, 2),
                host("of IPv4 after one change", "10.3.1.2", STAYS, BOTH_VIPS, 1),
                host("whose site changes its port", "10.3.1.2", MOVES, BOTH_VIPS, 2),
                host("of IPv6", "fd00:3:1::2", STAYS, ONE_VIP, 2),
                host("of IPv6 whose site changes its port", "fd00:3:1::2", MOVES, ONE_VIP, 2));
    }

    private static Arguments host(
            String what, String address, String encapsulation, String vips, int chances) {
        String tables = String.join(", ", List.of(CHANCE, CHANCE).subList(0, chances));
        String services =
                """
                [{"name": "shop", "vip": "shop", "chances": [%1$s], "udpChances": [%1$s],
                  "ports": [{"protocol": "TCP", "port": 80}, {"protocol": "TCP", "port": 443},
                            {"protocol": "UDP", "port": 443}]},
                 {"name": "shop6", "vip": "shop6", "chances": [%1$s],
                  "ports": [{"protocol": "TCP", "port": 80}]}]\
                """
                        .formatted(tables);
        return Arguments.of(what, HostModel.at(address, encapsulation, vips, services));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("hosts")
    void whatWasSentOnTwiceStays(String what, HostDesired host) {
        for (int own : SecondChance.tunnelPorts(host)) {
            for (SecondChance chance : SecondChance.of(host)) {
                for (Packet packet : packets(host, chance, own + SecondChance.HOPS_MAX)) {
                    int mark = mark(host, chance.vip().family(), packet);
                    assertThat(isSentOn(host, mark)).as("%s", packet).isFalse();
                }
            }
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("hosts")
    void eachHopIsAskedOfItsOwnTableAndLeadsToTheNextPort(String what, HostDesired host) {
        for (int own : SecondChance.tunnelPorts(host)) {
            for (SecondChance chance : SecondChance.of(host)) {
                int came = own + chance.hop() - 1;
                for (Packet packet : packets(host, chance, came)) {
                    boolean isFirst = packet.syn() && chance.protocol() == Protocol.TCP;
                    boolean stays = isFirst || packet.known();
                    int mark = mark(host, chance.vip().family(), packet);
                    assertThat(mark == chance.mark()).as("%s", packet).isEqualTo(!stays);
                    assertThat(isSentOn(host, mark)).as("%s", packet).isEqualTo(!stays);
                }
                assertThat(chance.tunnelPort()).isEqualTo(GUE + chance.hop());
                assertThat(isLetOut(host, chance.mark(), chance.tunnelPort())).isTrue();
            }
        }
    }

    /// Hosts may hold any tables: here each that gets the packet sends it on if its rules do.
    @ParameterizedTest(name = "{0}")
    @MethodSource("hosts")
    void noWalkIsLongerThanTwoHops(String what, HostDesired host) {
        List<SecondChance> chances = SecondChance.of(host);
        assertThat(chances).as(what).isNotEmpty();
        for (int own : SecondChance.tunnelPorts(host)) {
            for (SecondChance start : chances) {
                int port = own;
                int hops = 0;
                Optional<SecondChance> next = next(host, start, port);
                while (next.isPresent()) {
                    hops++;
                    assertThat(hops).as("%s from %d", start, own).isLessThanOrEqualTo(2);
                    port = next.get().tunnelPort();
                    next = next(host, start, port);
                }
                assertThat(hops).as("%s from %d", start, own).isPositive();
            }
        }
    }

    /// IPVS sends a packet after earlier ones of its connection, whatever its mark: to either port,
    /// whatever it is to the rules. Only what goes to a higher port than it came to gets out.
    @ParameterizedTest(name = "{0}")
    @MethodSource("hosts")
    void whatIpvsRemembersLeadsToAHigherPortOrNowhere(String what, HostDesired host) {
        List<Integer> ports = SecondChance.tunnelPorts(host);
        for (int came = 0; came <= SecondChance.HOPS_MAX; came++) {
            for (int own : ports) {
                for (SecondChance chance : SecondChance.of(host)) {
                    for (Packet packet : packets(host, chance, own + came)) {
                        int mark = mark(host, chance.vip().family(), packet);
                        for (int leaves = 1; leaves <= came; leaves++) {
                            for (int other : ports) {
                                assertThat(isLetOut(host, mark, other + leaves))
                                        .as("%s to %d", packet, other + leaves)
                                        .isFalse();
                            }
                        }
                    }
                }
            }
        }
    }

    /// Before the first change, so that connections which live through it are known by then.
    @Test
    void aHostThatMaySendOnLaterTracksConnectionsFromTheStart() {
        String service =
                """
                [{"name": "shop", "vip": "shop", "chances": [], "tracked": %s,
                  "ports": [{"protocol": "TCP", "port": 80}]}]\
                """;
        HostDesired tracking = HostModel.of(STAYS, "198.51.100.1", service.formatted("true"));
        assertThat(SecondChance.of(tracking)).isEmpty();
        assertThat(ChanceScript.of(Family.IPV4, tracking, Set.of()))
                .hasValueSatisfying(
                        script -> assertThat(script).contains("prerouting", "\"tunl0\" ct state"));
        assertThat(ChanceScript.of(Family.IPV6, tracking, Set.of())).isEmpty();
        assertThat(
                        ChanceScript.of(
                                Family.IPV4,
                                HostModel.of(STAYS, "198.51.100.1", service.formatted("null")),
                                Set.of()))
                .isEmpty();
    }

    private static boolean isSentOn(HostDesired host, int mark) {
        return SecondChance.of(host).stream().anyMatch(one -> one.mark() == mark);
    }

    private static boolean isLetOut(HostDesired host, int mark, int port) {
        Packet wrapped = new Packet(port, "", "", "", false, false);
        return mark != Rules.DROPPED
                && rules(host.host().address().family(), host).walk("sent", wrapped, mark)
                        != Rules.DROPPED;
    }

    private static Optional<SecondChance> next(HostDesired host, SecondChance start, int port) {
        Packet stray = new Packet(port, device(host, start), l4(start), place(start), false, false);
        int mark = mark(host, start.vip().family(), stray);
        return SecondChance.of(host).stream().filter(one -> one.mark() == mark).findFirst();
    }

    /// Of one port of a service: first ones and others, known and not.
    private static List<Packet> packets(HostDesired host, SecondChance chance, int udp) {
        return Stream.of(true, false)
                .flatMap(syn ->
                        Stream.of(true, false)
                                .map(known ->
                                        new Packet(
                                                udp,
                                                device(host, chance),
                                                l4(chance),
                                                place(chance),
                                                syn,
                                                known)))
                .toList();
    }

    private static String device(HostDesired host, SecondChance chance) {
        if (host.host().address().family() == Family.IPV6) {
            return "ip6tnl0";
        }
        return chance.vip().family() == Family.IPV4 ? "tunl0" : "sit0";
    }

    private static String l4(SecondChance chance) {
        return chance.protocol().name().toLowerCase(Locale.ROOT);
    }

    private static String place(SecondChance chance) {
        return chance.vip() + " . " + chance.port();
    }

    /// The mark with which IPVS gets it.
    private static int mark(HostDesired host, Family vip, Packet packet) {
        int wrapped = rules(host.host().address().family(), host).walk("outer", packet, 0);
        return rules(vip, host).walk("inner", packet, wrapped);
    }

    private static Rules rules(Family family, HostDesired host) {
        return new Rules(ChanceScript.of(family, host, Set.of()).orElse(""));
    }
}
