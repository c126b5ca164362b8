package dev.holdfast.control.health;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.wire.BackendHealth;
import dev.holdfast.wire.BackendHealth.State;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class CaseTest {

    private static final Instant NOON = Instant.parse("2026-11-25T12:00:00Z");

    private static BackendHealth been(State state) {
        return new BackendHealth(state, "before", NOON.minusSeconds(60));
    }

    private static BackendHealth verdict(@Nullable BackendHealth before, @Nullable Boolean agreed) {
        return Objects.requireNonNull(
                new Case(before, true, Optional.empty(), quorum(agreed), List.of()).verdict(NOON));
    }

    private static Optional<Quorum> quorum(@Nullable Boolean agreed) {
        return Optional.ofNullable(agreed).map(up -> new Quorum(up, up ? "passes" : "refused"));
    }

    private static Opinion opinion(String node, boolean up) {
        return new Opinion(node, up, up ? null : "refused", NOON);
    }

    @Test
    void moreThanHalfOfThoseWhoCouldSpeakDecide() {
        List<String> three = List.of("a", "b", "c");
        Opinion aBad = opinion("a", false);
        Opinion bBad = opinion("b", false);
        Opinion cGood = opinion("c", true);

        assertThat(Quorum.of(three, List.of(aBad))).isEmpty();
        assertThat(Quorum.of(three, List.of(aBad, bBad, cGood)))
                .contains(new Quorum(false, "refused (a, b)"));
        assertThat(Quorum.of(List.of("a", "c"), List.of(aBad, cGood))).isEmpty();
        assertThat(Quorum.of(List.of("a"), List.of(aBad, cGood)))
                .contains(new Quorum(false, "refused (a)"));
        assertThat(Quorum.of(List.of(), List.of(aBad, bBad))).isEmpty();
    }

    @Test
    void silenceKeepsTheLastVerdict() {
        for (State state : State.values()) {
            assertThat(verdict(been(state), null)).isEqualTo(been(state));
        }
    }

    @Test
    void theFirstPassBringsANewBackendIn() {
        assertThat(verdict(been(State.UNTRIED), false).state()).isEqualTo(State.UNTRIED);
        assertThat(verdict(been(State.UNTRIED), false).why()).isEqualTo("refused");
        assertThat(verdict(been(State.UNTRIED), true))
                .isEqualTo(new BackendHealth(State.UP, "passes", NOON));
    }

    @Test
    void theTimeOfAVerdictIsThatOfItsLastChange() {
        assertThat(verdict(been(State.UP), true).since()).isEqualTo(been(State.UP).since());
        assertThat(verdict(been(State.UP), false).since()).isEqualTo(NOON);
    }

    @Test
    void whoeverSpeaksFromOutsideIsBelieved() {
        Case.Statement broken = new Case.Statement(false, "being patched", "ci");
        Case said = new Case(been(State.UP), true, Optional.of(broken), quorum(true), List.of());
        Case unchecked = new Case(null, false, Optional.of(broken), quorum(null), List.of());
        Case nobody = new Case(been(State.DOWN), false, Optional.empty(), quorum(null), List.of());

        assertThat(said.verdict(NOON))
                .isEqualTo(new BackendHealth(State.DOWN, "being patched (said by ci)", NOON));
        assertThat(Objects.requireNonNull(unchecked.verdict(NOON)).state()).isEqualTo(State.DOWN);
        assertThat(nobody.verdict(NOON)).isNull();
    }

    @Test
    void whoFallsAgainAndAgainIsHeldDownLongerAndLonger() {
        List<Instant> falls = new ArrayList<>();
        List<Long> held = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            falls.add(NOON.plusSeconds(i));
            Instant last = falls.getLast();
            held.add(
                    FlapDamping.hold(falls, last)
                            .map(hold -> Duration.between(last, hold.until()).toSeconds())
                            .orElse(0L));
        }
        assertThat(held).containsExactly(0L, 0L, 30L, 60L, 120L, 240L, 300L, 300L);
        assertThat(FlapDamping.hold(falls, NOON.plusSeconds(308))).isEmpty();

        Case flapping = new Case(been(State.DOWN), true, Optional.empty(), quorum(true), falls);
        assertThat(flapping.verdict(NOON.plusSeconds(8)))
                .isEqualTo(
                        new BackendHealth(
                                State.DOWN,
                                "held down until 2026-11-25T12:05:07Z, although it passes:"
                                        + " it fell 8 times in 10 minutes",
                                been(State.DOWN).since()));
        assertThat(Objects.requireNonNull(flapping.verdict(NOON.plusSeconds(308))).state())
                .isEqualTo(State.UP);
    }

    /// Whatever is said in whatever order: a backend that never passed is never UP or DOWN, damping
    /// only ever delays the way up, and silence changes nothing.
    @Test
    void aLifeOfAnyLengthKeepsToTheRules() {
        long seed = System.nanoTime();
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
        for (int life = 0; life < 200; life++) {
            BackendHealth now = null;
            boolean passed = false;
            List<Instant> falls = new ArrayList<>();
            Instant time = NOON;
            for (int step = 0; step < 60; step++) {
                time = time.plusSeconds(1 + random.nextInt(120));
                Boolean agreed = random.nextInt(4) == 0 ? null : (Boolean) random.nextBoolean();
                BackendHealth before = now;
                now =
                        Objects.requireNonNull(
                                new Case(before, true, Optional.empty(), quorum(agreed), falls)
                                        .verdict(time));
                passed |= Boolean.TRUE.equals(agreed);
                String story = "seed %d, life %d, step %d: %s".formatted(seed, life, step, now);
                assertThat(now.state() == State.UNTRIED).as(story).isEqualTo(!passed);
                if (agreed == null) {
                    assertThat(before == null || before.equals(now)).as(story).isTrue();
                } else if (!agreed) {
                    assertThat(now.state()).as(story).isNotEqualTo(State.UP);
                } else if (now.state() == State.DOWN) {
                    assertThat(FlapDamping.hold(falls, time)).as(story).isPresent();
                }
                if (now.state() == State.DOWN && (before == null || before.state() != State.DOWN)) {
                    falls.add(time);
                }
            }
        }
    }
}
