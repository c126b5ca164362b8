package dev.holdfast.agent.filter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.agent.filter.Listing.Line;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DriftTest {
    private static final Line A = new Line("chain x", "hf:a", "accept hf:a");
    private static final Line B = new Line("chain x", "hf:b", "drop hf:b");
    private static final Line C = new Line("chain y", "hf:c", "drop hf:c");
    private static final Line FOREIGN = new Line("chain x", "", "accept");
    private static final Listing BEFORE = new Listing(List.of(A, B, C));

    @Test
    void nothingChangedIsNoDrift() {
        assertThat(drift(A, B, C)).isEmpty();
    }

    @Test
    void eachKindIsToldApart() {
        assertThat(drift()).isEqualTo(Map.of(Drift.GONE, 1L));
        assertThat(drift(A, C)).isEqualTo(Map.of(Drift.DELETED, 1L));
        assertThat(drift(B, A, C)).isEqualTo(Map.of(Drift.MOVED, 1L));
        assertThat(drift(A, FOREIGN, B, C)).isEqualTo(Map.of(Drift.ADDED, 1L));
        assertThat(drift(A, B, C, C)).isEqualTo(Map.of(Drift.ADDED, 1L));
        assertThat(drift(new Line("chain x", "hf:a", "drop hf:a"), B, C))
                .isEqualTo(Map.of(Drift.EDITED, 1L));
    }

    @Test
    void severalKindsAreCountedSideBySide() {
        Line edited = new Line("chain y", "hf:c", "accept hf:c");
        assertThat(drift(edited, FOREIGN))
                .isEqualTo(Map.of(Drift.EDITED, 1L, Drift.DELETED, 2L, Drift.ADDED, 1L));
    }

    private static Map<String, Long> drift(Line... now) {
        return Drift.between(BEFORE, new Listing(List.of(now)));
    }
}
