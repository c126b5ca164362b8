package dev.holdfast.agent.guard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.agent.kernel.FakeKernel;
import dev.holdfast.agent.reconcile.Reconciler;
import dev.holdfast.agent.watch.DesiredState;
import dev.holdfast.agent.watch.HostDesired;
import dev.holdfast.agent.watch.HostModel;
import dev.holdfast.agent.watch.NodeDesired;
import dev.holdfast.agent.watch.SiteModel;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class GuardTest {
    private final FakeKernel kernel = new FakeKernel();
    private final Guard guard = new Guard(kernel);
    private final SiteModel site = new SiteModel("e1");

    private NodeDesired full() {
        for (int i = 0; i < 6; i++) {
            site.putService("s" + i, 4);
        }
        return site.desired();
    }

    private NodeDesired emptied() {
        for (int i = 0; i < 6; i++) {
            site.removeService("s" + i);
        }
        return site.desired();
    }

    @Test
    void anEmptyStateIsRefusedAndTheReasonSaysWhatToDo() {
        NodeDesired live = full();
        NodeDesired next = emptied();
        assertThat(guard.objection(live, next))
                .hasValueSatisfying(refused -> {
                    assertThat(refused.revision()).isEqualTo(next.revision());
                    assertThat(refused.why())
                            .contains("6 of 6 services", "at most 50 %", "?meant=true");
                });
    }

    /// A delta is judged by what it changes, and comes out as if all had been looked at.
    @Test
    void whatDiffersTellsAsMuchAsTheWhole() {
        long seed = System.nanoTime();
        System.out.println("seed " + seed);
        Random random = new Random(seed);
        int refused = 0;
        for (int history = 0; history < 60; history++) {
            SiteModel some = new SiteModel("e" + history);
            for (int i = 0; i < random.nextInt(1, 12); i++) {
                some.putService("s" + i, random.nextInt(1, 12));
            }
            NodeDesired live = some.desired();
            for (int i = random.nextInt(1, 25); i > 0; i--) {
                some.change(random);
                some.removeService("s" + random.nextInt(12));
            }
            NodeDesired next = some.desired();
            Optional<String> whole = Cliff.between(Carried.byName(live), Carried.byName(next), 50);
            Optional<Refused> found = guard.objection(live, next);
            assertThat(found.isPresent())
                    .as("seed %d, history %d: %s", seed, history, whole)
                    .isEqualTo(whole.isPresent());
            found.ifPresent(one -> assertThat(one.why()).contains(whole.orElseThrow()));
            refused += found.isPresent() ? 1 : 0;
        }
        assertThat(refused).as("seed %d", seed).isBetween(1, 59);
    }

    @Test
    void anEmptyStateOfAnotherEpochIsRefusedToo() {
        NodeDesired next = new SiteModel("e2").desired();
        assertThat(guard.objection(full(), next)).isPresent();
    }

    @Test
    void whatAPersonMeantIsLetInAlsoWhenItWasOvertaken() {
        NodeDesired live = full();
        DesiredState meant = site.meant(true).removeService("s0").desired();
        site.meant(false);
        DesiredState next = emptied();
        assertThat(guard.objection(live, meant)).isEmpty();
        assertThat(guard.objection(live, next.after(live))).isPresent();
        assertThat(guard.objection(live, next.after(meant))).isEmpty();
        DesiredState elsewhere = new SiteModel("e2").desired();
        assertThat(guard.objection(live, elsewhere.after(meant))).isPresent();
    }

    @Test
    void anAgentThatLostItsDiskGoesByWhatTheKernelCarries() {
        NodeDesired live = full();
        assertThat(new Reconciler(kernel).full(live).failures()).isEmpty();
        assertThat(guard.objection(null, live)).isEmpty();
        assertThat(guard.objection(null, emptied())).isPresent();
    }

    @Test
    void aMachineThatCarriesNothingTakesAnything() {
        assertThat(guard.objection(null, full())).isEmpty();
        assertThat(guard.objection(null, emptied())).isEmpty();
    }

    private static HostDesired host(int... services) {
        return HostModel.carrying(7, false, "", services);
    }

    @Test
    void aHostKeepsTheVipsOfServicesThatGoAllAtOnce() {
        HostDesired live = host(1, 2, 3, 4, 5);

        assertThat(guard.objection(live, HostModel.carrying(8, false, "", 1)))
                .hasValueSatisfying(refused -> {
                    assertThat(refused.revision()).isEqualTo(8);
                    assertThat(refused.why())
                            .contains(
                                    "revision 8 would take away 4 of 5 services (s2, s3, s4 and 1"
                                            + " more) at once",
                                    "at most 50 %",
                                    "?meant=true");
                });
        assertThat(guard.objection(live, host(4, 5))).as("a few may go").isEmpty();
        assertThat(guard.objection(live, HostModel.carrying(8, true, "", 1))).isEmpty();
        assertThat(guard.objection(host(1, 2, 3), host())).isEmpty();
    }

    @Test
    void aHostIsHeldToTheShareOfItsSite() {
        HostDesired live = HostModel.carrying(7, false, ", \"cliffPercent\": 80", 1, 2, 3, 4, 5);
        assertThat(guard.objection(live, host(1))).isEmpty();
        assertThat(guard.objection(live, host()))
                .hasValueSatisfying(refused -> assertThat(refused.why()).contains("80 %"));
    }

    @Test
    void whatAPersonMeantForAHostIsLetInAlsoWhenItWasOvertaken() {
        HostDesired live = host(1, 2, 3, 4, 5);
        DesiredState meant = HostModel.carrying(8, true, "", 1, 2, 3, 4);
        DesiredState next = HostModel.carrying(9, false, "");
        assertThat(guard.objection(live, next.after(live))).isPresent();
        assertThat(guard.objection(live, next.after(meant))).isEmpty();
    }

    @Test
    void aHostThatLostItsDiskGoesByTheAddressesOnItsLoopback() {
        assertThat(guard.objection(null, host())).isEmpty();
        assertThat(new Reconciler(kernel).full(host(1, 2, 3, 4, 5)).failures()).isEmpty();
        assertThat(guard.objection(null, host(1, 2, 3, 4, 5, 6))).isEmpty();
        assertThat(guard.objection(null, host(1))).isPresent();
    }

    @Test
    void aHostThatRefusesStillTakesWhatIsNewAndKeepsAllItHad() {
        HostDesired live = host(1, 2, 3, 4, 5);

        HostDesired kept = live.with(HostModel.carrying(8, false, "", 1, 6));

        assertThat(kept.services().sorted()).containsOnlyKeys("s1", "s2", "s3", "s4", "s5", "s6");
        assertThat(kept.vips().sorted()).containsOnlyKeys("v1", "v2", "v3", "v4", "v5", "v6");
        assertThat(kept.revision()).isEqualTo(7);
        assertThat(kept.digest()).isEqualTo(kept.head().digest());
        assertThat(kept.with(HostModel.carrying(9, false, "", 6))).isSameAs(kept);
        NodeDesired node = full();
        assertThat(node.with(emptied())).isSameAs(node);
    }
}
