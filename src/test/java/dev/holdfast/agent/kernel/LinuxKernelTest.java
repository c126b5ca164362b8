package dev.holdfast.agent.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.wire.IpAddress;
import dev.holdfast.wire.Protocol;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Steps that break before they come to the kernel, so that this needs neither rights nor modules.
class LinuxKernelTest {

    private static final Step NO_SUCH_TUNNEL =
            new Step.AddTunnel(
                    new Tunnel(
                            "hf6-six",
                            Tunnel.Kind.IP6TNL,
                            IpAddress.parse("10.2.1.2"),
                            IpAddress.parse("2001:db8::6"),
                            5556,
                            "six"));
    private static final Step NO_SUCH_SYSCTL = new Step.SetSysctl("net/holdfast/none", "1");
    private static final Step NO_SUCH_SERVICE =
            new Step.AddDestination(
                    ServiceKey.at(IpAddress.parse("198.51.100.1"), Protocol.TCP, 80),
                    new KernelDestination(
                            new DestinationKey(IpAddress.parse("10.3.1.2"), 80),
                            new Forwarding.Gue(6080),
                            -1));

    @Test
    void aStepThatBreaksIsRefusedAndTheNextOnesAreTaken() throws KernelException {
        try (LinuxKernel kernel = LinuxKernel.open()) {
            List<Refusal> refused =
                    kernel.apply(List.of(NO_SUCH_TUNNEL, NO_SUCH_SERVICE, NO_SUCH_SYSCTL));

            assertThat(refused)
                    .extracting(Refusal::step)
                    .containsExactly(NO_SUCH_TUNNEL, NO_SUCH_SERVICE, NO_SUCH_SYSCTL);
            assertThat(refused).extracting(Refusal::kind).containsOnly(Refusal.Kind.REFUSED);
            assertThat(refused.getFirst().error())
                    .contains("tunnel ends: 10.2.1.2 and 2001:db8:0:0:0:0:0:6");
            assertThat(refused.get(1).error()).contains("weight: -1");
        }
    }
}
