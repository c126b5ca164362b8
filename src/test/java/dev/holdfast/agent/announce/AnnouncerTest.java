package dev.holdfast.agent.announce;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.agent.duty.Duties;
import dev.holdfast.agent.kernel.FakeKernel;
import dev.holdfast.agent.kernel.ServiceKey;
import dev.holdfast.agent.kernel.Step;
import dev.holdfast.agent.reconcile.Reconciler;
import dev.holdfast.agent.watch.SiteModel;
import dev.holdfast.wire.Failure;
import dev.holdfast.wire.IpAddress;
import dev.holdfast.wire.Report;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The order in which routers and the kernel learn of a change: rounds as an agent does them, on a
/// kernel in memory and a BIRD that behaves.
class AnnouncerTest {

    /// A step of the kernel, and what routers were told when it was taken.
    private record Seen(Step step, VipRoutes told) {}

    @TempDir private Path directory;

    private final SiteModel site = new SiteModel("e1").putService("shop", 2);
    private final IpAddress shop = site.vip("shop");
    private final FakeKernel kernel = new FakeKernel();
    private final Reconciler reconciler = new Reconciler(kernel);
    private final List<Seen> seen = new ArrayList<>();
    private FakeBird bird;
    private Duties duties;

    @BeforeEach
    void agent() {
        bird = new FakeBird(directory);
        duties = new Duties(List.of(new Announcer(bird.bird())));
        kernel.ignore(step -> !seen.add(new Seen(step, bird.loaded())));
    }

    @AfterEach
    void stop() {
        bird.close();
    }

    private Duties.Round round() {
        seen.clear();
        return duties.round(site.desired(), reconciler::change);
    }

    /// What routers were told when the kernel took steps on that VIP's services.
    private List<VipRoutes> toldAt(IpAddress vip, Class<? extends Step.OnService> kind) {
        return seen.stream()
                .filter(one -> kind.isInstance(one.step()))
                .filter(one ->
                        one.step() instanceof Step.OnService on
                                && on.service() instanceof ServiceKey.At at
                                && at.address().equals(vip))
                .map(Seen::told)
                .toList();
    }

    private static VipRoutes routes(IpAddress... vips) {
        return VipRoutes.of(List.of(vips));
    }

    @Test
    void aNewVipIsAnnouncedOnlyOnceTheKernelHasAllOfIt() {
        assertThat(round().beside()).isEmpty();

        assertThat(toldAt(shop, Step.AddService.class)).hasSize(2).containsOnly(routes());
        assertThat(seen).extracting(Seen::told).containsOnly(routes());
        assertThat(bird.loaded()).isEqualTo(routes(shop));
        assertThat(duties.findings().announced())
                .containsExactly(new Report.Announced("shop", "router4"));

        site.putService("chat", 2);
        round();
        assertThat(seen).extracting(Seen::told).containsOnly(routes(shop));
        assertThat(bird.loaded()).isEqualTo(routes(shop, site.vip("chat")));
    }

    @Test
    void aVipIsWithdrawnBeforeTheKernelLosesAnythingOfIt() {
        IpAddress chat = site.putService("chat", 2).vip("chat");
        round();
        site.removeService("shop");

        assertThat(round().beside()).isEmpty();

        assertThat(toldAt(shop, Step.RemoveService.class)).hasSize(2).containsOnly(routes(chat));
        assertThat(seen).extracting(Seen::told).containsOnly(routes(chat));
        assertThat(bird.loaded()).isEqualTo(routes(chat));
    }

    @Test
    void aVipThatTheKernelRefusesIsAnnouncedOnceItDoesNot() {
        kernel.refuse(step -> step instanceof Step.AddService);
        round();
        assertThat(bird.loaded()).isEqualTo(routes());
        assertThat(duties.findings().withheld().toString()).contains("service shop is not");

        kernel.refuse(_ -> false);
        round();
        assertThat(bird.loaded()).isEqualTo(routes(shop));
    }

    @Test
    void aBirdThatIsGoneAnnouncesNothingAndIsAFailureOfItsOwn() {
        round();
        bird.close();

        assertThat(round().beside())
                .isNotEmpty()
                .allSatisfy(one -> assertThat(one.resource()).isEqualTo(Failure.BIRD));
        assertThat(duties.findings().announced()).isEmpty();
    }
}
