package dev.holdfast.agent.watch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.wire.Digest;
import dev.holdfast.wire.NodeState;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class IntakeTest {

    private final SiteModel site = new SiteModel("e1").putService("shop", 3).putService("mail", 2);

    private static Intake intake(@Nullable DesiredState current) {
        return new Intake("dc1", "lb1", NodeDesired::full, current);
    }

    private Intake synced() {
        Intake intake = intake(null);
        accepted(intake, site.full());
        return intake;
    }

    private NodeDesired accepted(Intake intake, NodeState state) {
        Intake.Verdict verdict = intake.take(site.json(state));
        assertThat(verdict).isInstanceOf(Intake.Verdict.Accepted.class);
        return (NodeDesired) ((Intake.Verdict.Accepted) verdict).state();
    }

    private void refused(Intake intake, NodeState state, String why) {
        assertThat(intake.take(site.json(state)))
                .isInstanceOfSatisfying(
                        Intake.Verdict.Refused.class, r -> assertThat(r.why()).contains(why));
    }

    @Test
    void knowingNothingItAsksForAFullState() {
        assertThat(intake(null).question()).isEqualTo(new Intake.Question(0, null));
    }

    @Test
    void aDeltaOnTopOfAStateIsTheNextState() {
        Intake intake = synced();
        assertThat(intake.question()).isEqualTo(new Intake.Question(3, "e1"));
        NodeState delta = site.removeService("mail").putService("chat", 1).deltaFrom(3);
        assertThat(accepted(intake, delta).services().sorted().keySet())
                .containsExactly("chat", "shop");
        assertThat(intake.question()).isEqualTo(new Intake.Question(5, "e1"));
    }

    @Test
    void aWrongDigestIsNotBelievedAndTheWholeIsAskedFor() {
        Intake intake = synced();
        NodeState delta = site.putService("chat", 1).deltaFrom(3);
        refused(intake, withDigest(delta, Digest.EMPTY), "digest");
        assertThat(intake.question()).isEqualTo(new Intake.Question(0, "e1"));
        refused(intake, delta, "expected: a full state");
        accepted(intake, site.full());
        assertThat(intake.question()).isEqualTo(new Intake.Question(4, "e1"));
    }

    @Test
    void itNeverGoesBackWithinAnEpochNotEvenAfterForgetting() {
        NodeState old = site.full();
        site.putService("chat", 1);
        Intake intake = synced();
        refused(intake, old, "expected: revision 4 or newer");
        refused(intake, old, "expected: revision 4 or newer");
        refused(intake, site.deltaFrom(3), "as asked");
        accepted(intake, site.full());
        refused(intake, site.deltaFrom(3), "newer than revision 4");
    }

    @Test
    void aResetIsHonouredWhateverTheRevision() {
        Intake intake = synced();
        SiteModel restored = new SiteModel("e2").putService("old", 1);
        refused(intake, restored.full(), "without reset");
        Intake another = synced();
        assertThat(accepted(another, restored.fullReset()).services().sorted().keySet())
                .containsExactly("old");
        assertThat(another.question()).isEqualTo(new Intake.Question(2, "e2"));
    }

    @Test
    void statesOfOthersAreRefused() {
        assertThat(new Intake("dc2", "lb1", NodeDesired::full, null).take(site.json(site.full())))
                .hasToString("Refused[why=revision 3: state of site dc1 (expected: dc2)]");
        assertThat(new Intake("dc1", "lb2", NodeDesired::full, null).take(site.json(site.full())))
                .hasToString("Refused[why=revision 3: state of lb1 (expected: lb2)]");
    }

    @Test
    void aStateThatIsCutOffOrDamagedAnywhereIsRefusedAndLeavesTheLastOne() {
        Intake intake = synced();
        byte[] whole = site.json(site.putService("chat", 2).full());
        SplittableRandom random = new SplittableRandom(11);
        for (int i = 0; i < 500; i++) {
            byte[] damaged = Arrays.copyOf(whole, random.nextInt(whole.length));
            assertThat(intake.take(damaged)).isInstanceOf(Intake.Verdict.Refused.class);
        }
        for (String garbage : new String[] {"", "null", "[]", "{}", "\u0000", "<html>502</html>"}) {
            assertThat(intake.take(garbage.getBytes(StandardCharsets.UTF_8)))
                    .isInstanceOf(Intake.Verdict.Refused.class);
        }
        String holes =
                new String(whole, StandardCharsets.UTF_8)
                        .replaceFirst("\"vipRanges\":\\[[^]]*]", "\"vipRanges\":[null]");
        assertThat(intake.take(holes.getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(Intake.Verdict.Refused.class);
        accepted(intake, site.full());
    }

    /// Full states, deltas from anywhere, replays, damage and restores in any order: what it holds
    /// is always exactly one state the site once had, and never an older one of the same epoch.
    @Test
    void throughRandomHistoriesItHoldsOnlyWhatTheSiteReallyWas() {
        for (int seed = 0; seed < 60; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            SiteModel model = new SiteModel("e1");
            Intake intake = intake(null);
            for (int i = 0; i < 40; i++) {
                model.change(random);
                Intake.Question question = intake.question();
                if (question.after() == model.revision()) {
                    continue; // a control plane would park
                }
                NodeState honest =
                        question.after() == 0 ? model.full() : model.deltaFrom(question.after());
                int fate = random.nextInt(6);
                NodeState sent =
                        switch (fate) {
                            case 0 -> model.deltaFrom(random.nextLong(model.revision()));
                            case 1 -> withDigest(honest, Digest.EMPTY);
                            default -> honest;
                        };
                if (intake.take(model.json(sent)) instanceof Intake.Verdict.Accepted(var state)) {
                    assertThat(state.digest()).as("seed %d", seed).isEqualTo(model.digest());
                    assertThat(intake(null).take(state.toJson()))
                            .as("seed %d: its own document", seed)
                            .isInstanceOf(Intake.Verdict.Accepted.class);
                } else {
                    assertThat(fate).as("seed %d: an honest answer refused", seed).isLessThan(2);
                }
            }
        }
    }

    private static NodeState withDigest(NodeState s, Digest digest) {
        return new NodeState(
                s.site(),
                s.epoch(),
                s.revision(),
                s.full(),
                s.reset(),
                s.meant(),
                digest,
                s.node(),
                s.encapsulation(),
                s.vipRanges(),
                s.nodes(),
                s.hosts(),
                s.services(),
                s.removed());
    }
}
