package dev.holdfast.agent.filter;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class MarkTest {

    @Test
    void aMarkStandsForRuleChainAndPosition() {
        String mark = Mark.ofRule("HOLDFAST", 1, "-s 10.0.0.0/8 ACCEPT");
        assertThat(mark).isEqualTo(Mark.ofRule("HOLDFAST", 1, "-s 10.0.0.0/8 ACCEPT"));
        assertThat(mark).matches("hf:[A-Za-z0-9_-]{16}");
        assertThat(mark).isNotEqualTo(Mark.ofRule("HOLDFAST", 2, "-s 10.0.0.0/8 ACCEPT"));
        assertThat(mark).isNotEqualTo(Mark.ofRule("HOLDFAST", 1, "-s 10.0.0.0/9 ACCEPT"));
        assertThat(mark).isNotEqualTo(Mark.ofRule("HOLDFAST-ICMP", 1, "-s 10.0.0.0/8 ACCEPT"));
    }

    @Test
    void namesOfChainsAreShortAndDiffer() {
        Set<String> names = new HashSet<>();
        for (int i = 0; i < 20_000; i++) {
            assertThat(Mark.ofText("service-" + i)).matches("[A-Z2-7]{16}");
            names.add(Mark.ofText("service-" + i));
        }
        assertThat(names).hasSize(20_000);
    }
}
