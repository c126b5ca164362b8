package dev.holdfast.agent.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.agent.kernel.FakeKernel;
import dev.holdfast.agent.kernel.KernelService;
import dev.holdfast.agent.kernel.Step;
import dev.holdfast.agent.reconcile.Reconciler;
import dev.holdfast.agent.watch.NodeDesired;
import dev.holdfast.agent.watch.SiteModel;
import dev.holdfast.wire.Report;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TablesTest {

    private final FakeKernel kernel = new FakeKernel();
    private final Reconciler reconciler = new Reconciler(kernel);
    private final Tables tables = new Tables(reconciler);
    private final NodeDesired state = new SiteModel("e1").putService("shop", 4).desired();

    @BeforeEach
    void apply() {
        reconciler.full(state);
    }

    private Report.Table table() {
        return tables.of(state).getFirst();
    }

    /// What the kernel refuses from now on stays as it is found.
    private void findAfter(List<Step> tampering) {
        kernel.apply(tampering);
        kernel.refuse(_ -> true);
        reconciler.full(state);
    }

    @Test
    void whatIsAsItShouldBeIsNotCounted() {
        assertThat(table()).isEqualTo(new Report.Table("shop", table().digest(), 4093, null));
    }

    @Test
    void aDestinationThatDoesNotServeIsCountedByItsSlots() {
        KernelService service = kernel.services().getFirst();
        String digest = table().digest();
        findAfter(
                List.of(
                        new Step.EditDestination(
                                service.key(), service.destinations().get(1).withWeight(0))));

        assertThat(table().digest()).isNotEqualTo(digest);
        // One of weights 1, 2, 3 and 1: two sevenths of the table.
        assertThat(table().differing()).isBetween(1100, 1240);
    }

    @Test
    void aServiceThatIsMissingIsCountedByAllItsSlots() {
        findAfter(List.of(new Step.RemoveService(kernel.services().getFirst().key())));

        assertThat(table().differing()).isEqualTo(4093);
    }

    @Test
    void anotherOrderIsCountedByTheSlotsThatItMoves() {
        KernelService service = kernel.services().getFirst();
        var first = service.destinations().getFirst();
        findAfter(
                List.of(
                        new Step.RemoveDestination(service.key(), first.key()),
                        new Step.AddDestination(service.key(), first)));

        assertThat(table().differing()).isBetween(1, 400);
    }

    @Test
    void connectionsMakeNoDifference() {
        Report.Table before = table();
        KernelService service = kernel.services().getFirst();
        kernel.connect(service.key(), service.destinations().getFirst().key());
        reconciler.full(state);

        assertThat(table()).isSameAs(before);
    }
}
