package dev.holdfast.agent.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.agent.kernel.FakeKernel;
import dev.holdfast.agent.kernel.KernelDestination;
import dev.holdfast.agent.kernel.KernelException;
import dev.holdfast.agent.kernel.KernelService;
import dev.holdfast.agent.kernel.ServiceKey;
import dev.holdfast.agent.kernel.Step;
import dev.holdfast.agent.watch.SiteModel;
import dev.holdfast.wire.Encapsulation;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// SAME-TABLE: whatever happened on the way, at the same revision the kernel holds the same.
class ReconcilerHistoryTest {

    /// In the end it must hold what a machine holds that saw only the end.
    @ParameterizedTest
    @EnumSource(Encapsulation.Kind.class)
    void everyHistoryEndsInTheSameKernel(Encapsulation.Kind kind) throws KernelException {
        for (int seed = 0; seed < 30; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            SiteModel site = new SiteModel("e1", kind);
            FakeKernel kernel = machine();
            Life life = new Life(kernel);
            for (int i = 0; i < 25; i++) {
                for (int j = random.nextInt(3); j >= 0; j--) {
                    site.change(random);
                }
                if (random.nextInt(8) == 0) {
                    site.changeAffinity(random);
                }
                connect(kernel, random);
                life.meets(site.desired(), random);
            }
            life.settlesAt(site.desired());
            FakeKernel fresh = machine();
            new Life(fresh).changeTo(site.desired());
            assertThat(kernel.dump()).as("seed %d", seed).isEqualTo(fresh.dump());
        }
    }

    @ParameterizedTest
    @EnumSource(Encapsulation.Kind.class)
    void aDeltaTouchesOnlyWhatItChanges(Encapsulation.Kind kind) throws KernelException {
        SiteModel site = new SiteModel("e1", kind);
        for (int i = 0; i < 40; i++) {
            site.putService("s" + i, 5);
        }
        FakeKernel kernel = machine();
        Life life = new Life(kernel);
        life.changeTo(site.desired());
        int before = kernel.taken().size();
        int looks = kernel.looks();
        life.changeTo(site.putService("s7", 4).desired());
        List<Step> steps = kernel.taken().subList(before, kernel.taken().size());
        assertThat(steps).isNotEmpty().hasSizeLessThanOrEqualTo(40);
        Set<ServiceKey> keys = Set.copyOf(keysOf(steps));
        assertThat(keys).hasSize(2); // its TCP and its UDP port
        assertThat(kernel.looks() - looks).isLessThanOrEqualTo(4);
    }

    private static List<ServiceKey> keysOf(List<Step> steps) {
        return steps.stream().map(step -> ((Step.OnService) step).service()).toList();
    }

    private static FakeKernel machine() throws KernelException {
        FakeKernel kernel = new FakeKernel();
        Life.furnish(kernel);
        return kernel;
    }

    /// A client comes to any backend that takes new connections.
    private static void connect(FakeKernel kernel, SplittableRandom random) {
        for (KernelService service : kernel.services()) {
            if (!service.destinations().isEmpty()) {
                KernelDestination one =
                        service.destinations().get(random.nextInt(service.destinations().size()));
                if (one.weight() > 0) {
                    kernel.connect(service.key(), one.key());
                }
            }
        }
    }
}
