package dev.holdfast.agent.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.holdfast.agent.kernel.DestinationKey;
import dev.holdfast.agent.kernel.FakeKernel;
import dev.holdfast.agent.kernel.KernelDestination;
import dev.holdfast.agent.kernel.KernelService;
import dev.holdfast.agent.kernel.Step;
import dev.holdfast.agent.reconcile.Reconciler;
import dev.holdfast.agent.watch.NodeDesired;
import dev.holdfast.agent.watch.SiteModel;
import dev.holdfast.maglev.TableSize;
import dev.holdfast.wire.Failure;
import dev.holdfast.wire.IpAddress;
import dev.holdfast.wire.Report;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
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
    void moreDestinationsThanSlotsAreToldAndTheNewestLeftOut() {
        SiteModel site = new SiteModel("e1").putService("huge", 4093 + 2);

        var outcome = reconciler.full(site.desired());

        assertThat(outcome.failures())
                .containsExactly(
                        new Failure(
                                "service huge",
                                "add the newest 2 destinations",
                                "4095 destinations (expected: at most 4093, the slots of the"
                                        + " kernel's table)"));
        assertThat(kernel.services().getFirst().destinations()).hasSize(4093);
        assertThat(tables.of(site.desired()).getFirst().differing()).isNull();
    }

    @Test
    void destinationsBeyondTheTableAreCountedAsAllItsSlots() {
        NodeDesired full = new SiteModel("e1").putService("shop", 4093).desired();
        reconciler.full(full);
        KernelService service = kernel.services().getFirst();
        KernelDestination one = service.destinations().getFirst();
        kernel.apply(
                List.of(
                        new Step.AddDestination(
                                service.key(),
                                new KernelDestination(
                                        new DestinationKey(IpAddress.parse("10.9.9.9"), 80),
                                        one.forwarding(),
                                        1))));
        kernel.refuse(_ -> true);
        reconciler.full(full);

        assertThat(tables.of(full).getFirst().differing()).isEqualTo(4093);
    }

    @Test
    void kernelsWithTablesOfAnotherSizeNeverSeemToAgree() {
        Set<String> digests = new HashSet<>();
        for (TableSize size : TableSize.values()) {
            Report.Table one = tablesOf(size, state).getFirst();

            assertThat(one.slots()).isEqualTo(size.slots());
            assertThat(one.differing()).isNull();
            digests.add(one.digest());
        }
        assertThat(digests).hasSize(TableSize.values().length);
    }

    @Test
    void aSizeThatIsNotToBeKnownIsTakenForTheUsualOne() {
        assertThat(tablesOf(null, state)).isEqualTo(tables.of(state));
    }

    @Test
    void whatDoesNotFitIntoASmallerTableIsLeftOutOfIt() {
        NodeDesired wide = new SiteModel("e1").putService("wide", 260).desired();
        FakeKernel small = new FakeKernel();
        small.tableSize(TableSize.SLOTS_251);
        Reconciler own = new Reconciler(small);

        assertThat(own.full(wide).failures())
                .extracting(Failure::operation, Failure::error)
                .containsExactly(
                        tuple(
                                "add the newest 9 destinations",
                                "260 destinations (expected: at most 251, the slots of the"
                                        + " kernel's table)"));
        assertThat(small.services().getFirst().destinations()).hasSize(251);
        assertThat(new Tables(own).of(wide).getFirst().differing()).isNull();
    }

    private static List<Report.Table> tablesOf(@Nullable TableSize size, NodeDesired state) {
        FakeKernel other = new FakeKernel();
        other.tableSize(size);
        Reconciler own = new Reconciler(other);
        own.full(state);
        return new Tables(own).of(state);
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
