package dev.holdfast.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class DigestTest {

    private static Digest of(String name) {
        return Digest.ofResource("service", name, "{}".getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void orderDoesNotMatterAndWhatIsTakenOutIsGone() {
        Digest all = of("a").plus(of("b")).plus(of("c"));
        assertThat(of("c").plus(of("a")).plus(of("b"))).isEqualTo(all);
        assertThat(all.minus(of("b"))).isEqualTo(of("a").plus(of("c")));
        assertThat(all.minus(of("a")).minus(of("b")).minus(of("c"))).isEqualTo(Digest.EMPTY);
    }

    @Test
    void carriesBetweenItsHalves() {
        Digest ones = new Digest(0, -1L);
        assertThat(ones.plus(new Digest(0, 1))).isEqualTo(new Digest(1, 0));
        assertThat(new Digest(1, 0).minus(new Digest(0, 1))).isEqualTo(ones);
    }

    @Test
    void textRoundTrips() {
        assertThat(Digest.parse(of("a").toString())).isEqualTo(of("a"));
    }
}
