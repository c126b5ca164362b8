package dev.holdfast.agent.announce;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.agent.reconcile.Outcome;
import dev.holdfast.wire.Affinity;
import dev.holdfast.wire.Destination;
import dev.holdfast.wire.Failure;
import dev.holdfast.wire.IpAddress;
import dev.holdfast.wire.NodePart;
import dev.holdfast.wire.Protocol;
import dev.holdfast.wire.ServicePort;
import dev.holdfast.wire.ServiceState;
import dev.holdfast.wire.VipAddress;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ChoiceTest {

    private static final IpAddress VIP = IpAddress.parse("198.51.100.1");
    private static final NodePart NODE =
            new NodePart("lb1", IpAddress.parse("10.2.1.2"), false, null, null);
    private static final NodePart OUT =
            new NodePart("lb1", IpAddress.parse("10.2.1.2"), true, null, null);
    private static final VipRoutes NOTHING = VipRoutes.of(List.of());
    private static final VipRoutes ANNOUNCED = VipRoutes.of(List.of(VIP));

    /// A service on the one VIP, with one destination.
    private static ServiceState service(String name, boolean announce, boolean serving) {
        return new ServiceState(
                name,
                new VipAddress("shop", VIP),
                List.of(new ServicePort(Protocol.TCP, 80)),
                Affinity.CONNECTION,
                null,
                null,
                announce,
                List.of(new Destination("web1", 1, IpAddress.parse("10.3.1.2"), 1, serving)));
    }

    private static Outcome failing(String... resources) {
        return new Outcome(
                List.of(),
                Stream.of(resources).map(name -> new Failure(name, "add", "EINVAL")).toList());
    }

    private static Choice choice(VipRoutes before, Outcome outcome, ServiceState... services) {
        return Choice.of(NODE, List.of(services), outcome, before);
    }

    @Test
    void aVipWhoseServicesAreProgrammedAndServeIsAnnounced() {
        Choice choice = choice(NOTHING, failing(), service("shop", true, true));

        assertThat(choice.routes()).isEqualTo(ANNOUNCED);
        assertThat(choice.why()).isEmpty();
    }

    @Test
    void maintenanceNobodyServingAndNothingToCarryWithdraw() {
        ServiceState shop = service("shop", true, true);
        List<Choice> choices =
                List.of(
                        Choice.of(OUT, List.of(shop), failing(), ANNOUNCED),
                        Choice.permitted(OUT, List.of(shop)),
                        choice(ANNOUNCED, failing(), service("shop", true, false)),
                        choice(ANNOUNCED, failing(), service("shop", false, true)));

        assertThat(choices)
                .allSatisfy(choice -> {
                    assertThat(choice.routes()).isEqualTo(NOTHING);
                    assertThat(choice.why()).containsOnlyKeys("shop");
                });
        assertThat(Choice.permitted(NODE, List.of()).routes()).isEqualTo(NOTHING);
    }

    @Test
    void oneServiceThatServesIsEnoughForTheVip() {
        Choice choice =
                choice(
                        NOTHING,
                        failing(),
                        service("shop", true, true),
                        service("new", true, false),
                        service("shadow", false, false));

        assertThat(choice.routes()).isEqualTo(ANNOUNCED);
    }

    @Test
    void aVipDoesNotBeginBeforeAllOfItIsProgrammed() {
        ServiceState shop = service("shop", true, true);
        ServiceState chat = service("chat", true, true);

        Choice failed = choice(NOTHING, failing("service chat TCP 80"), shop, chat);
        assertThat(failed.routes()).isEqualTo(NOTHING);
        assertThat(failed.why().get("shop")).contains("service chat");
        Choice ground = choice(NOTHING, failing("route 198.51.100.0/24"), shop);
        assertThat(ground.routes()).isEqualTo(NOTHING);
        assertThat(ground.why().get("shop")).contains("route 198.51.100.0/24");
        Choice others = choice(NOTHING, failing("service shop2 TCP 80"), shop);
        assertThat(others.routes()).as("of another VIP").isEqualTo(ANNOUNCED);
    }

    @Test
    void anAnnouncedVipStaysWhileOneOfItsServicesIsProgrammed() {
        ServiceState shop = service("shop", true, true);
        ServiceState chat = service("chat", true, true);

        assertThat(choice(ANNOUNCED, failing("service chat TCP 80"), shop, chat).routes())
                .isEqualTo(ANNOUNCED);
        assertThat(choice(ANNOUNCED, failing("kernel"), shop).routes())
                .as("a kernel that cannot be read goes on forwarding")
                .isEqualTo(ANNOUNCED);
        assertThat(
                        choice(
                                        ANNOUNCED,
                                        failing("service shop TCP 80", "service chat TCP 80"),
                                        shop,
                                        chat)
                                .routes())
                .isEqualTo(NOTHING);
    }
}
