package dev.holdfast.agent.filter;

import static dev.holdfast.agent.filter.Bench.FRIEND4;
import static dev.holdfast.agent.filter.Bench.FRIEND6;
import static dev.holdfast.agent.filter.Bench.OTHER_PORT;
import static dev.holdfast.agent.filter.Bench.OWN4;
import static dev.holdfast.agent.filter.Bench.PORT;
import static dev.holdfast.agent.filter.Bench.STRANGER4;
import static dev.holdfast.agent.filter.Bench.STRANGER6;
import static dev.holdfast.agent.filter.Bench.VIP4;
import static dev.holdfast.agent.filter.Bench.VIP6;
import static dev.holdfast.agent.filter.Sample.prefixes;
import static dev.holdfast.agent.filter.Sample.rules;
import static dev.holdfast.agent.filter.Sample.service;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.holdfast.agent.tool.ToolException;
import dev.holdfast.wire.IpAddress;
import dev.holdfast.wire.Prefix;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What every engine promises, on a real kernel.
abstract class PacketFilterLabTest {
    private static final List<String> PORTS = List.of("tcp/" + PORT, "udp/" + PORT);
    private static final FilterRules SITE =
            rules(
                    service("shop", VIP4, PORTS, prefixes("10.1.0.0/16", "10.200.0.0/16")),
                    service("six", VIP6, PORTS, prefixes("fd00:1::/32")),
                    service("open", "198.51.100.2", PORTS, null));

    private static final List<String> ICMP_TYPES =
            List.of("3/4", "3/1", "5/1", "11/0", "12/0", "8/0");
    private static final List<String> ICMP6_TYPES =
            List.of("1/0", "2/0", "3/0", "4/0", "135/0", "136/0", "137/0", "128/0");

    /// What operators have of their own, in every corner that an engine might reach.
    private static final String OPERATORS =
            """
            nft add table inet operator
            nft add chain inet operator input '{ type filter hook input priority 0; policy accept; }'
            nft add rule inet operator input tcp dport 9999 counter drop comment '"operator"'
            nft add table inet holdfast-other
            for i in iptables-nft ip6tables-nft iptables-legacy ip6tables-legacy; do
                $i -w -N OPERATOR
                $i -w -A OPERATOR -m comment --comment 'has "quotes" and -j HOLDFAST' -j RETURN
                $i -w -A INPUT -j OPERATOR
                $i -w -A INPUT -p tcp --dport 9998 -j DROP
            done
            """;

    /// The machine as it was: no rule anywhere.
    private static final String BARE =
            """
            nft flush ruleset
            for i in iptables-legacy ip6tables-legacy; do $i -w -F; $i -w -X; done
            """;

    private static final String EVERYTHING =
            """
            nft -s list ruleset
            iptables-legacy-save -t filter | grep -v '^[#:]'
            ip6tables-legacy-save -t filter | grep -v '^[#:]'
            iptables-legacy-save -t filter | sed -n 's/^\\(:[^ ]*\\).*/\\1/p'
            """;

    /// Not over `lo`: what the machine sends itself, IPVS takes before any filter of input.
    private static final String CLIENT_BEYOND_A_LINK =
            """
            ip netns add hf-client
            ip link add hf-link type veth peer name eth0 netns hf-client
            ip address add 10.50.0.1/24 dev hf-link
            ip link set hf-link up
            ip -n hf-client address add 10.50.0.2/24 dev eth0
            ip -n hf-client address add 10.51.0.2/32 dev eth0
            ip -n hf-client link set eth0 up
            ip -n hf-client route add default via 10.50.0.1
            ip route add 10.51.0.2 dev hf-link
            ipvsadm -A -u 198.51.100.1:8080 -s rr
            ipvsadm -a -u 198.51.100.1:8080 -r 10.50.0.9:8080 -g
            """;

    private static final String DATAGRAMS_FROM_THE_CLIENT =
            """
            for source in 10.50.0.2 10.51.0.2; do
                ip netns exec hf-client perl -MIO::Socket::INET -e 'IO::Socket::INET->new(
                    Proto => "udp", LocalAddr => $ARGV[0], PeerAddr => "198.51.100.1:8080"
                )->send("hello")' $source
            done
            sleep 0.3
            """;

    @TempDir Path directory;
    private Bench bench;
    private PacketFilter filter;

    abstract Engine engine();

    /// An engine whose tool is given one more command, which it must refuse, with each change.
    abstract Engine withABadCommand(Path directory) throws IOException;

    /// Shell commands, each a kind of drift. They find a rule of service `shop`.
    abstract Map<String, String> tampering();

    @BeforeAll
    static void prepare() {
        Bench.prepare();
    }

    @BeforeEach
    void start() throws IOException {
        Bench.sh(BARE);
        bench = new Bench();
        filter = new PacketFilter(engine(), directory.resolve("filter"));
    }

    @AfterEach
    void stop() throws IOException {
        bench.close();
    }

    @Test
    void allowedSourcesComeInAndOthersDoNot() {
        assertApplied(SITE);
        assertThat(bench.connects(FRIEND4, VIP4, PORT)).isTrue();
        assertThat(bench.connects(STRANGER4, VIP4, PORT)).isFalse();
        assertThat(bench.connects(FRIEND6, VIP6, PORT)).isTrue();
        assertThat(bench.connects(STRANGER6, VIP6, PORT)).isFalse();
        assertThat(bench.connects(STRANGER4, "198.51.100.2", PORT)).isTrue();
        Bench.send(STRANGER4, VIP4, "stranger");
        Bench.send(STRANGER6, VIP6, "stranger");
        Bench.send(FRIEND4, VIP4, "friend4");
        assertThat(bench.receive()).isEqualTo("friend4");
        Bench.send(FRIEND6, VIP6, "friend6");
        assertThat(bench.receive()).isEqualTo("friend6");
    }

    @Test
    void whatListensOnEveryAddressDoesNotAnswerOnAVip() {
        assertThat(bench.connects(FRIEND4, VIP4, OTHER_PORT)).isTrue();
        assertApplied(SITE);
        assertThat(bench.connects(FRIEND4, VIP4, OTHER_PORT)).isFalse();
        assertThat(bench.connects(FRIEND6, VIP6, OTHER_PORT)).isFalse();
        assertThat(bench.connects(FRIEND4, "198.51.100.2", OTHER_PORT)).isFalse();
        assertThat(bench.connects(FRIEND4, "198.51.100.77", OTHER_PORT)).isFalse();
        assertThat(bench.connects(FRIEND4, "198.51.100.77", PORT)).isFalse();
        assertThat(bench.connects(FRIEND6, "2001:db8:1::77", PORT)).isFalse();
        assertThat(bench.connects(FRIEND4, OWN4, OTHER_PORT)).isTrue();
    }

    @Test
    void theErrorsThatPathMtuDiscoveryNeedsComeInFromEverybody() {
        assertApplied(SITE);
        assertThat(Bench.icmpThatComesIn(STRANGER4, VIP4, ICMP_TYPES))
                .as("errors and a ping, but no redirect")
                .containsExactly("3/4", "3/1", "11/0", "12/0", "8/0");
        assertThat(Bench.icmpThatComesIn(STRANGER6, VIP6, ICMP6_TYPES))
                .as("errors, neighbours and a ping, but no redirect")
                .containsExactly("1/0", "2/0", "3/0", "4/0", "135/0", "136/0", "128/0");
    }

    @Test
    void anAddressThatIsNotInUseCannotBePinged() {
        assertApplied(SITE);
        assertThat(Bench.icmpThatComesIn(FRIEND4, "198.51.100.77", ICMP_TYPES))
                .containsExactly("3/4", "3/1", "11/0", "12/0");
        assertThat(Bench.icmpThatComesIn(FRIEND6, "2001:db8:1::77", ICMP6_TYPES))
                .containsExactly("1/0", "2/0", "3/0", "4/0", "135/0", "136/0");
    }

    @Test
    void theSameWishAgainTouchesNothing() {
        assertApplied(SITE);
        String before = Bench.sh(EVERYTHING);
        assertThat(filter.ensure(SITE)).isEqualTo(new FilterOutcome.Unchanged());
        PacketFilter restarted = new PacketFilter(engine(), directory.resolve("filter"));
        assertThat(restarted.ensure(SITE)).isEqualTo(new FilterOutcome.Unchanged());
        assertThat(Bench.sh(EVERYTHING)).isEqualTo(before);
        PacketFilter forgetful = new PacketFilter(engine(), directory.resolve("another"));
        assertThat(forgetful.ensure(SITE)).isEqualTo(new FilterOutcome.Applied());
        assertThat(Bench.sh(EVERYTHING)).isEqualTo(before);
    }

    @Test
    void everythingOfOthersSurvivesAndCleanupLeavesNothingOfOurs() {
        Bench.sh(OPERATORS);
        String before = Bench.sh(EVERYTHING);
        assertApplied(SITE);
        assertApplied(rules(service("shop", VIP4, PORTS, prefixes("10.2.0.0/16"))));
        assertThat(withoutOurs(Bench.sh(EVERYTHING))).isEqualTo(withoutOurs(before));
        assertThat(filter.cleanup()).isEmpty();
        assertThat(Bench.sh(EVERYTHING)).isEqualTo(before);
        assertThat(bench.connects(FRIEND4, VIP4, OTHER_PORT)).isTrue();
    }

    @Test
    void aChangeTakesEffectAndWhatIsGoneIsGone() {
        assertApplied(SITE);
        assertApplied(rules(service("shop", VIP4, PORTS, prefixes("10.2.0.0/16"))));
        assertThat(bench.connects(FRIEND4, VIP4, PORT)).isFalse();
        assertThat(bench.connects(STRANGER4, VIP4, PORT)).isTrue();
        assertThat(bench.connects(STRANGER4, "198.51.100.2", PORT)).isFalse();
        assertApplied(new FilterRules(List.of(), List.of()));
        assertThat(bench.connects(FRIEND4, VIP4, OTHER_PORT)).isTrue();
    }

    @Test
    void everyKindOfDriftIsRepairedAndCounted() throws ToolException {
        assertApplied(SITE);
        Listing before = engine().read();
        for (Map.Entry<String, String> one : tampering().entrySet()) {
            Bench.sh(one.getKey());
            assertThat(filter.ensure(SITE))
                    .as(one.getKey())
                    .isEqualTo(new FilterOutcome.Repaired(Map.of(one.getValue(), 1L)));
            assertThat(engine().read()).as(one.getKey()).isEqualTo(before);
        }
        assertThat(filter.ensure(SITE)).isEqualTo(new FilterOutcome.Unchanged());
    }

    @Test
    void whatTheKernelRefusesChangesNothing() throws IOException {
        assertApplied(SITE);
        String before = Bench.sh(EVERYTHING);
        PacketFilter bad =
                new PacketFilter(withABadCommand(directory), directory.resolve("filter"));
        assertThat(bad.ensure(rules()))
                .isInstanceOfSatisfying(
                        FilterOutcome.Refused.class,
                        refused -> {
                            assertThat(refused.failure().resource()).isEqualTo("packet filter");
                            assertThat(refused.failure().error()).containsIgnoringCase("nowhere");
                        });
        assertThat(Bench.sh(EVERYTHING)).isEqualTo(before);
        assertThat(bench.connects(FRIEND4, VIP4, PORT)).isTrue();
        assertThat(bench.connects(STRANGER4, VIP4, PORT)).isFalse();
        assertApplied(rules());
    }

    @Test
    void noPacketIsLostOrLetInWhileRulesChange() throws Exception {
        assertApplied(SITE);
        Trickle.Count count =
                Trickle.during(
                        bench,
                        () -> {
                            for (int i = 0; i < 4; i++) {
                                assertApplied(
                                        rules(
                                                service(
                                                        "shop",
                                                        VIP4,
                                                        PORTS,
                                                        prefixes("10.1.0.0/16")),
                                                service("a" + i, "198.51.100.9", PORTS, null)));
                            }
                        });
        System.out.println(engine() + ", 4 changes: " + count);
        assertThat(count.sent()).isGreaterThan(20);
        assertThat(count.lost()).isZero();
        assertThat(count.leaked()).isZero();
    }

    @Test
    void exactlyTheListedSourcesComeInHoweverTheirPrefixesLie() {
        for (int seed = 0; seed < 4; seed++) {
            Random random = new Random(seed);
            String base = seed % 2 == 0 ? "10.128.0.0" : "fd00:128::";
            String vip = seed % 2 == 0 ? VIP4 : VIP6;
            List<Prefix> sources = randomPrefixes(random, IpAddress.parse(base));
            assertApplied(rules(service("s" + seed, vip, PORTS, sources)));
            Set<String> expected = new HashSet<>();
            for (int i = 0; i < 150; i++) {
                IpAddress source = IpAddress.parse(base).plus(1 + random.nextInt(1023));
                Bench.send(source.toString(), vip, source.toString());
                if (sources.stream().anyMatch(prefix -> prefix.contains(source))) {
                    expected.add(source.toString());
                }
            }
            Set<String> received = new HashSet<>();
            for (String text = bench.receive(); !text.isEmpty(); text = bench.receive()) {
                received.add(text);
            }
            assertThat(received).as("seed %d, %s", seed, sources).isEqualTo(expected);
        }
    }

    @Test
    void thousandsOfPrefixesForOneServiceAreNoTrouble() {
        List<Prefix> sources = new ArrayList<>(prefixes("10.1.0.0/16", "fd00:1::/32"));
        for (int i = 0; i < 2_500; i++) {
            sources.add(Prefix.parse("100.%d.%d.0/25".formatted(64 + i / 250, i % 250)));
            sources.add(Prefix.parse("100.%d.%d.64/26".formatted(64 + i / 250, i % 250)));
            sources.add(Prefix.parse("2001:db8:9:%x::/64".formatted(2 * i)));
        }
        FilterRules many =
                rules(service("shop", VIP4, PORTS, sources), service("six", VIP6, PORTS, sources));
        long start = System.nanoTime();
        assertApplied(many);
        long applied = System.nanoTime();
        assertThat(filter.ensure(many)).isEqualTo(new FilterOutcome.Unchanged());
        System.out.printf(
                "%s, 2,500 prefixes of each family: applied in %d ms, looked at in %d ms%n",
                engine(), (applied - start) / 1_000_000, (System.nanoTime() - applied) / 1_000_000);
        assertThat(bench.connects(FRIEND4, VIP4, PORT)).isTrue();
        assertThat(bench.connects(STRANGER4, VIP4, PORT)).isFalse();
        assertThat(bench.connects(FRIEND6, VIP6, PORT)).isTrue();
        assertThat(bench.connects(STRANGER6, VIP6, PORT)).isFalse();
    }

    @Test
    void everyLegalNameIsTaken() {
        List<FilteredService> services = new ArrayList<>();
        List<Prefix> nine = new ArrayList<>();
        for (int i = 0; i < 9; i++) {
            nine.add(Prefix.parse("10." + 2 * i + ".0.0/16"));
        }
        for (String name : List.of("0", "-", "---", "a-b-", "input", "drop", "x".repeat(63))) {
            String vip = "198.51.100." + (10 + services.size());
            services.add(service(name, vip, PORTS, services.size() % 2 == 0 ? nine : null));
        }
        assertApplied(new FilterRules(prefixes(Sample.RANGE4), services));
    }

    @Test
    void ipvsIsGivenOnlyWhatTheFilterLetsIn() throws IOException {
        assumeTrue(Files.exists(Path.of("/proc/net/ip_vs")), "this kernel has no ip_vs");
        try {
            Bench.sh(CLIENT_BEYOND_A_LINK);
            assertApplied(rules(service("shop", VIP4, PORTS, prefixes("10.50.0.0/16"))));
            Bench.sh(DATAGRAMS_FROM_THE_CLIENT);
            assertThat(Bench.sh("ipvsadm -Lnc"))
                    .contains("10.50.0.2:")
                    .doesNotContain("10.51.0.2:");
            assertApplied(rules(service("shop", VIP4, PORTS, prefixes("10.51.0.0/16"))));
            Bench.sh(DATAGRAMS_FROM_THE_CLIENT);
            assertThat(Bench.sh("ipvsadm -Lnc")).contains("10.51.0.2:");
        } finally {
            Bench.sh("ip netns delete hf-client; ipvsadm -C");
        }
    }

    private void assertApplied(FilterRules rules) {
        assertThat(filter.ensure(rules)).isEqualTo(new FilterOutcome.Applied());
    }

    /// Up to 60 within 1,024 addresses, so that many overlap and many touch.
    private static List<Prefix> randomPrefixes(Random random, IpAddress base) {
        List<Prefix> prefixes = new ArrayList<>();
        int count = 1 + random.nextInt(60);
        for (int i = 0; i < count; i++) {
            int hostBits = random.nextInt(6);
            prefixes.add(
                    new Prefix(
                            base.plus(random.nextInt(1024) >> hostBits << hostBits),
                            base.family().bits() - hostBits));
        }
        return prefixes;
    }

    private static String withoutOurs(String everything) {
        return everything
                .replaceAll("(?s)table inet holdfast \\{.*?\n}\n", "")
                .replaceAll("(?s)\tchain HOLDFAST[^ ]* \\{.*?\n\t}\n\n?", "")
                .replaceAll("(?m)^.*(HOLDFAST(-[A-Z0-9]+)?$|hf:|^:HOLDFAST).*\n", "")
                .replaceAll("\n\n+", "\n");
    }

    static Path wrapper(Path directory, String name, String script) throws IOException {
        Path file = directory.resolve(name);
        Files.writeString(file, "#!/bin/sh\n" + script);
        if (!file.toFile().setExecutable(true)) {
            throw new IOException(file + " cannot be made executable");
        }
        return file;
    }
}
