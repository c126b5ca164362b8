package dev.holdfast.agent.filter;

import static dev.holdfast.agent.filter.Sample.prefixes;
import static dev.holdfast.agent.filter.Sample.rules;
import static dev.holdfast.agent.filter.Sample.service;
import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.wire.Prefix;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class NftablesScriptTest {

    @Test
    void theWholeFilterIsOneTable() {
        FilterRules site =
                rules(
                        service(
                                "shop",
                                "198.51.100.1",
                                List.of("tcp/80", "tcp/443"),
                                prefixes("10.0.0.0/8", "172.16.0.0/12")),
                        service("dns", "198.51.100.2", List.of("udp/53", "tcp/53"), null),
                        service("six", "2001:db8:1::1", List.of("tcp/80"), null));
        assertThat(new NftablesScript(site).text()).isEqualTo(Sample.golden("site.nft"));
    }

    @Test
    void servicesWithTheSameLongListShareItsSet() {
        List<Prefix> sources =
                IntStream.range(0, 20)
                        .mapToObj(i -> Prefix.parse("10.0." + 2 * i + ".0/24"))
                        .toList();
        String text =
                new NftablesScript(
                                rules(
                                        service("a", "198.51.100.1", List.of("tcp/80"), sources),
                                        service("b", "198.51.100.2", List.of("tcp/80"), sources)))
                        .text();
        assertThat(text.lines().filter(line -> line.startsWith("\tset sources4-"))).hasSize(1);
        assertThat(text.lines().filter(line -> line.contains("saddr @sources4-"))).hasSize(2);
    }

    @Test
    void aSiteWithoutRangesHasATableThatTouchesNothing() {
        FilterRules nothing = new FilterRules(List.of(), List.of());
        assertThat(new NftablesScript(nothing).rules()).isEmpty();
    }

    @Test
    void noRuleLooksAtAConnectionState() {
        FilterRules site = rules(service("a", "198.51.100.1", List.of("tcp/80"), null));
        assertThat(new NftablesScript(site).text()).doesNotContainPattern("\\bct\\b");
    }
}
