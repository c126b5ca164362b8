package dev.holdfast.agent.filter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class FilterEngineTest {

    @Test
    void eachIsReadAsItIsWritten() {
        for (FilterEngine engine : FilterEngine.values()) {
            assertThat(FilterEngine.parse(engine.toString())).isEqualTo(engine);
        }
    }

    @Test
    void anythingElseIsNamedWithWhatIsPossible() {
        assertThatThrownBy(() -> FilterEngine.parse("ipfw"))
                .hasMessage("filter: ipfw (expected: auto, nftables, iptables, none)");
    }
}
