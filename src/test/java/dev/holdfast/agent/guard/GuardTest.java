package dev.holdfast.agent.guard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.agent.kernel.FakeKernel;
import dev.holdfast.agent.reconcile.Reconciler;
import dev.holdfast.agent.watch.DesiredState;
import dev.holdfast.agent.watch.NodeDesired;
import dev.holdfast.agent.watch.SiteModel;
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
}
