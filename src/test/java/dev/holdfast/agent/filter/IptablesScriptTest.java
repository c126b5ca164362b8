package dev.holdfast.agent.filter;

import static dev.holdfast.agent.filter.Sample.prefixes;
import static dev.holdfast.agent.filter.Sample.rules;
import static dev.holdfast.agent.filter.Sample.service;
import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.wire.Family;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class IptablesScriptTest {
    private static final IptablesSave NOTHING = IptablesSave.parse("");
    private static final FilterRules SITE =
            rules(
                    service(
                            "shop",
                            "198.51.100.1",
                            List.of("tcp/80", "tcp/443"),
                            prefixes("10.0.0.0/8", "172.16.0.0/12")),
                    service("dns", "198.51.100.2", List.of("udp/53", "tcp/53"), null),
                    service(
                            "six",
                            "2001:db8:1::1",
                            List.of("tcp/80"),
                            prefixes("2001:db8:9::/48")));

    @Test
    void theSchemeIsThatOfTheArticle() {
        String script = script(NOTHING, SITE, Family.IPV4);
        assertThat(script).isEqualTo(Sample.golden("site.iptables"));
    }

    @Test
    void ipv6HasItsOwnTransaction() {
        assertThat(script(NOTHING, SITE, Family.IPV6)).isEqualTo(Sample.golden("site.ip6tables"));
    }

    @Test
    void whatIsOursIsReplacedInPlaceAndWhatIsStaleGoes() {
        IptablesSave there =
                IptablesSave.parse(
                        """
                        *filter
                        :HOLDFAST - [0:0]
                        :HOLDFAST-OLD - [0:0]
                        :HOLDFAST-USED - [0:0]
                        -A INPUT -j OPERATOR
                        -A INPUT -d 192.0.2.0/24 -m comment --comment "hf:y" -j HOLDFAST
                        -A INPUT -j REJECT
                        -A FORWARD -m comment --comment "hf:stray" -j ACCEPT
                        -A OPERATOR -j HOLDFAST-USED
                        COMMIT
                        """);
        List<String> script = script(there, SITE, Family.IPV4).lines().toList();
        assertThat(script)
                .contains(
                        ":HOLDFAST-OLD - [0:0]",
                        ":HOLDFAST-USED - [0:0]",
                        "-D INPUT -d 192.0.2.0/24 -m comment --comment \"hf:y\" -j HOLDFAST",
                        "-D FORWARD -m comment --comment \"hf:stray\" -j ACCEPT",
                        "-X HOLDFAST-OLD")
                .doesNotContain("-X HOLDFAST-USED")
                .anyMatch(line -> line.startsWith("-I INPUT 2 -d 198.51.100.0/24 "));
        assertThat(script.indexOf("-X HOLDFAST-OLD")).isEqualTo(script.size() - 2);
    }

    @Test
    void cleanupLeavesOnlyWhatSomebodyElseUses() {
        IptablesSave there =
                IptablesSave.parse(
                        """
                        *filter
                        :HOLDFAST - [0:0]
                        :HOLDFAST-A - [0:0]
                        -A INPUT -m comment --comment "hf:y" -j HOLDFAST
                        -A HOLDFAST -m comment --comment "hf:z" -j HOLDFAST-A
                        COMMIT
                        """);
        assertThat(script(there, new FilterRules(List.of(), List.of()), Family.IPV4))
                .isEqualTo(
                        """
                        *filter
                        :HOLDFAST - [0:0]
                        :HOLDFAST-A - [0:0]
                        -D INPUT -m comment --comment "hf:y" -j HOLDFAST
                        -X HOLDFAST
                        -X HOLDFAST-A
                        COMMIT
                        """);
    }

    @Test
    void manyPortsTakeSeveralRulesOfFifteen() {
        List<String> ports = IntStream.rangeClosed(1, 31).mapToObj(port -> "tcp/" + port).toList();
        String script =
                script(NOTHING, rules(service("a", "198.51.100.1", ports, null)), Family.IPV4);
        assertThat(script.lines().filter(line -> line.contains("--dports")))
                .extracting(line -> line.replaceAll(".*--dports ([0-9,]*) .*", "$1"))
                .containsExactly(joined(1, 15), joined(16, 30), "31");
    }

    @Test
    void namesOfChainsFitTheKernel() {
        FilteredService longest = service("x".repeat(63), "198.51.100.1", List.of(), null);
        assertThat(IptablesChains.chainOf(longest)).hasSizeLessThanOrEqualTo(28);
    }

    private static String joined(int from, int to) {
        return IntStream.rangeClosed(from, to)
                .mapToObj(String::valueOf)
                .collect(Collectors.joining(","));
    }

    private static String script(IptablesSave there, FilterRules rules, Family family) {
        return IptablesScript.replace(there, IptablesChains.of(rules, family));
    }
}
