package dev.holdfast.agent.filter;

import static dev.holdfast.agent.filter.Sample.prefixes;
import static dev.holdfast.agent.filter.Sample.rules;
import static dev.holdfast.agent.filter.Sample.service;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class NftablesChangeTest {
    private static final NftablesScript BEFORE =
            new NftablesScript(
                    rules(
                            service("a", "198.51.100.1", List.of("tcp/80"), prefixes("10.0.0.0/8")),
                            service(
                                    "b",
                                    "198.51.100.2",
                                    List.of("tcp/80"),
                                    prefixes("10.0.0.0/8"))));

    @Test
    void theSameWishMakesAndTakesNothing() {
        NftablesChange change = new NftablesChange(BEFORE, listing(BEFORE));
        assertThat(change.make()).isEmpty();
        assertThat(change.cut()).isEmpty();
    }

    @Test
    void whatGoesIsOnlyInTheSecondTransactionAndWhatStaysInNeither() {
        NftablesScript next =
                new NftablesScript(
                        rules(
                                service(
                                        "b",
                                        "198.51.100.2",
                                        List.of("tcp/80"),
                                        prefixes("10.0.0.0/8", "172.16.0.0/12"))));
        NftablesChange change = new NftablesChange(next, listing(BEFORE));
        assertThat(change.make())
                .contains("flush chain inet holdfast service-b", "flush chain inet holdfast vip4")
                .contains("\tmap services4-", "\tset vips4-")
                .doesNotContain(
                        "service-a", "delete", "chain input", "set ranges", "set errors", "vip6");
        assertThat(change.cut().lines())
                .filteredOn(line -> line.startsWith("delete "))
                .map(line -> line.replaceAll("-[A-Z2-7]{16}$", "-HASH"))
                .containsExactly(
                        "delete map inet holdfast services4-HASH",
                        "delete set inet holdfast vips4-HASH",
                        "delete chain inet holdfast service-a");
    }

    @Test
    void noRuleHasASetOfItsOwnThatWouldGoWithIt() {
        assertThat(BEFORE.rules()).noneMatch(rule -> rule.text().contains("{"));
    }

    /// What would be read back.
    private static Listing listing(NftablesScript script) {
        List<Listing.Line> lines = new ArrayList<>();
        lines.add(new Listing.Line("table inet holdfast", "", "exists"));
        for (NftablesScript.Block block : script.blocks()) {
            lines.add(new Listing.Line(block.place(), "", "exists"));
            lines.addAll(block.rules());
        }
        return new Listing(lines);
    }
}
