package dev.holdfast.agent.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.agent.kernel.FakeKernel;
import dev.holdfast.agent.kernel.Listener;
import dev.holdfast.agent.kernel.Listener.Payload;
import dev.holdfast.agent.kernel.Step;
import dev.holdfast.agent.watch.HostDesired;
import dev.holdfast.agent.watch.HostModel;
import dev.holdfast.wire.Family;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The listeners of a backend host: all that its site accepts, and none that are another's.
class OpenedListenersTest {

    private static final String GUE = "{\"kind\": \"GUE\", \"port\": 6080}";
    private static final String FOU = "{\"kind\": \"FOU\", \"port\": 5555}";
    private static final String IPIP = "{\"kind\": \"IPIP\"}";
    private static final Set<Listener> OF_GUE =
            Set.of(
                    listener(6080, Payload.GUE),
                    listener(6081, Payload.GUE),
                    listener(6082, Payload.GUE));
    private static final Set<Listener> OF_FOU =
            Set.of(listener(5555, Payload.IPV4), listener(5556, Payload.IPV6));

    private final FakeKernel kernel = new FakeKernel();
    @TempDir private Path directory;

    private static Listener listener(int port, Payload payload) {
        return new Listener(Family.IPV4, port, payload);
    }

    /// As a new process of the agent would.
    private Outcome round(HostDesired state, String boot) {
        Reconciler reconciler = new Reconciler(kernel, OpenedListeners.in(directory, boot));
        Outcome outcome = reconciler.full(state);
        assertThat(outcome.failures()).isEmpty();
        return outcome;
    }

    private Outcome round(String own, String... others) {
        return round(HostModel.accepting(own, others), "boot");
    }

    @Test
    void whatIsAcceptedIsOpenBesideTheOwnAndClosedAfterwards() {
        round(GUE);
        assertThat(kernel.listeners()).isEqualTo(OF_GUE);
        Outcome more = round(GUE, FOU, IPIP, GUE);
        assertThat(kernel.listeners()).containsAll(OF_GUE).containsAll(OF_FOU).hasSize(5);
        assertThat(more.taken()).noneMatch(Step.RemoveListener.class::isInstance);

        assertThat(round(FOU, GUE).taken()).isEmpty();
        round(FOU);
        assertThat(kernel.listeners()).isEqualTo(OF_FOU);
        round(IPIP);
        assertThat(kernel.listeners()).isEmpty();
    }

    @Test
    void anotherOnesListenerStaysOpen() {
        Listener foreign = listener(6080, Payload.GUE);
        Listener elsewhere = listener(7000, Payload.GUE);
        kernel.apply(List.of(new Step.AddListener(foreign), new Step.AddListener(elsewhere)));

        round(GUE);
        round(IPIP);

        assertThat(kernel.listeners()).containsExactlyInAnyOrder(foreign, elsewhere);
    }

    @Test
    void whatWasOpenedBeforeABootIsForgotten() {
        round(GUE);
        round(HostModel.accepting(IPIP), "another boot");
        assertThat(kernel.listeners()).isEqualTo(OF_GUE);
        round(IPIP); // as if nothing had been opened since
        assertThat(kernel.listeners()).isEmpty();
    }

    @Test
    void whatCannotBeReadIsForgotten() throws IOException {
        round(GUE);
        Files.writeString(directory.resolve("listeners"), "boot\nIPV4 6080\n");

        round(IPIP);

        assertThat(kernel.listeners()).isEqualTo(OF_GUE);
    }

    @Test
    void aPortThatIsToTakeOtherPacketsIsGivenUpFirst() {
        round("{\"kind\": \"FOU\", \"port\": 6080}");

        Outcome outcome = round(GUE);

        assertThat(kernel.listeners()).isEqualTo(OF_GUE);
        assertThat(outcome.taken().getFirst())
                .isEqualTo(new Step.RemoveListener(listener(6080, Payload.IPV4)));
    }

    @Test
    void cleanupClosesOursAndNoOthers() {
        Listener elsewhere = listener(7000, Payload.GUE);
        kernel.apply(List.of(new Step.AddListener(elsewhere)));
        round(GUE, FOU);

        Reconciler reconciler = new Reconciler(kernel, OpenedListeners.in(directory, "boot"));
        reconciler.cleanup(Role.BACKEND, List.of());

        assertThat(kernel.listeners()).containsExactly(elsewhere);
    }
}
