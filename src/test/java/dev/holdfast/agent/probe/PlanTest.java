package dev.holdfast.agent.probe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.agent.watch.NodeDesired;
import dev.holdfast.agent.watch.SiteModel;
import dev.holdfast.wire.Family;
import java.net.InetAddress;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PlanTest {

    private static Optional<InetAddress> source(Family family) {
        return Optional.of(
                InetAddress.ofLiteral(family == Family.IPV4 ? "10.2.1.2" : "fd00:2:1::2"));
    }

    @Test
    void whatIsRememberedIsWhatWouldBeWorkedOutAnew() {
        long seed = System.nanoTime();
        System.out.println("seed " + seed);
        Random random = new Random(seed);
        int probed = 0;
        for (int history = 0; history < 20; history++) {
            SiteModel site = new SiteModel("e" + history).putService("shop", 3).check("shop", true);
            Plan plan = null;
            for (int step = 0; step < 40; step++) {
                NodeDesired state = site.desired();
                plan = Plan.after(plan, state, PlanTest::source);
                assertThat(plan.targets())
                        .as("seed %d, history %d, step %d", seed, history, step)
                        .isEqualTo(Targets.of(state, PlanTest::source));
                probed += plan.targets().size();
                if (state.services().get("shop") != null && random.nextInt(4) == 0) {
                    site.check("shop", random.nextBoolean());
                } else {
                    site.change(random);
                }
            }
        }
        assertThat(probed).as("seed %d", seed).isPositive();
    }

    @Test
    void aChangeOfWhoServesWorksNothingOutAnew() {
        SiteModel site = new SiteModel("e").putService("shop", 3).check("shop", true);
        Plan before = Plan.after(null, site.desired(), PlanTest::source);

        Plan after = Plan.after(before, site.disable("shop", "web0").desired(), PlanTest::source);

        assertThat(after.targets()).isSameAs(before.targets()).isNotEmpty();
        assertThat(after.checked()).isTrue();
    }
}
