package dev.holdfast.agent.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.wire.Family;
import dev.holdfast.wire.IpAddress;
import dev.holdfast.wire.Protocol;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What the agent relies on in a kernel's IPVS. The fake and the real one are held to the same.
abstract class KernelContract {

    private static final Scheduling MH =
            new Scheduling("mh", Set.of(Scheduling.Flag.FALLBACK, Scheduling.Flag.PORT));

    private Kernel kernel = new FakeKernel();

    abstract Kernel open() throws KernelException;

    @BeforeEach
    void begin() throws KernelException {
        kernel = open();
        take(new Step.LoadModule("ip_vs"));
    }

    /// One key of each kind, by a name that a parameter can have.
    private static ServiceKey key(String kind) {
        IpAddress four = IpAddress.parse("198.51.100.1");
        IpAddress six = IpAddress.parse("2001:db8::1");
        return switch (kind) {
            case "tcp" -> ServiceKey.at(four, Protocol.TCP, 80);
            case "udp" -> ServiceKey.at(six, Protocol.UDP, 53);
            case "mark 4" -> ServiceKey.marked(Family.IPV4, Marks.FIRST_HOP | 1);
            case "mark 6" -> ServiceKey.marked(Family.IPV6, Marks.SECOND_HOP | 0xfffff);
            default -> throw new IllegalArgumentException(kind);
        };
    }

    @ParameterizedTest
    @ValueSource(strings = {"tcp", "udp", "mark 4", "mark 6"})
    void aServiceIsSeenAsItWasMade(String kind) throws KernelException {
        ServiceKey key = key(kind);
        KernelDestination a = destination(key, 1, 3);
        KernelDestination b = destination(key, 2, 1);
        take(new Step.AddService(key, MH));
        take(new Step.AddDestination(key, a));
        take(new Step.AddDestination(key, b));
        KernelService made = new KernelService(key, MH, List.of(a, b));
        assertThat(kernel.service(key)).contains(made);
        assertThat(kernel.services()).containsExactly(made);
    }

    @ParameterizedTest
    @ValueSource(strings = {"tcp", "udp", "mark 4", "mark 6"})
    void aServiceCanBeFilledBeforeItChooses(String kind) throws KernelException {
        ServiceKey key = key(kind);
        KernelDestination a = destination(key, 1, 3);
        take(new Step.AddService(key, Scheduling.NONE));
        take(new Step.AddDestination(key, a));
        assertThat(kernel.service(key))
                .contains(new KernelService(key, Scheduling.NONE, List.of(a)));
        take(new Step.EditService(key, MH));
        assertThat(kernel.service(key)).contains(new KernelService(key, MH, List.of(a)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"tcp", "udp", "mark 4", "mark 6"})
    void anEditKeepsTheOrderAndAnAdditionIsTheLast(String kind) throws KernelException {
        ServiceKey key = key(kind);
        take(new Step.AddService(key, MH));
        for (int i = 1; i <= 3; i++) {
            take(new Step.AddDestination(key, destination(key, i, 1)));
        }
        take(new Step.EditDestination(key, destination(key, 1, 0)));
        take(new Step.RemoveDestination(key, destination(key, 2, 1).key()));
        take(new Step.AddDestination(key, destination(key, 2, 1)));
        Scheduling byAddress = new Scheduling("mh", Set.of(Scheduling.Flag.FALLBACK));
        take(new Step.EditService(key, byAddress));
        assertThat(kernel.service(key))
                .contains(
                        new KernelService(
                                key,
                                byAddress,
                                List.of(
                                        destination(key, 1, 0),
                                        destination(key, 3, 1),
                                        destination(key, 2, 1))));
    }

    @ParameterizedTest
    @ValueSource(strings = {"tcp", "udp", "mark 4", "mark 6"})
    void whatIsNotAsThoughtIsStale(String kind) throws KernelException {
        ServiceKey key = key(kind);
        KernelDestination one = destination(key, 1, 1);
        assertThat(kernel.service(key)).isEmpty();
        stale(new Step.EditService(key, MH));
        stale(new Step.RemoveService(key));
        stale(new Step.AddDestination(key, one));
        take(new Step.AddService(key, MH));
        stale(new Step.AddService(key, MH));
        stale(new Step.EditDestination(key, one));
        stale(new Step.RemoveDestination(key, one.key()));
        take(new Step.AddDestination(key, one));
        stale(new Step.AddDestination(key, one));
        take(new Step.RemoveService(key));
        assertThat(kernel.service(key)).isEmpty();
        assertThat(kernel.services()).isEmpty();
    }

    private static KernelDestination destination(ServiceKey key, int last, int weight) {
        String address =
                switch (key.family()) {
                    case IPV4 -> "10.3.1." + last;
                    case IPV6 -> "2001:db8:3::" + last;
                };
        return new KernelDestination(
                new DestinationKey(IpAddress.parse(address), 80), new Forwarding.Gue(6081), weight);
    }

    private void take(Step step) throws KernelException {
        assertThat(kernel.apply(List.of(step))).as("%s", step).isEmpty();
    }

    private void stale(Step step) throws KernelException {
        assertThat(kernel.apply(List.of(step)))
                .as("%s", step)
                .extracting(Refusal::kind)
                .containsExactly(Refusal.Kind.STALE);
    }
}
