package dev.holdfast.netlink.ipvs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.holdfast.netlink.AddressFamily;
import java.net.InetAddress;
import java.util.List;
import java.util.Set;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/// What cannot be asked of a kernel cannot be made.
class IpvsValuesTest {

    private static final InetAddress VIP = InetAddress.ofLiteral("198.51.100.1");

    @Test
    void everyForwardingSurvivesTheKernelsNumbers() {
        for (Forwarding forwarding :
                List.of(
                        new Forwarding.DirectRoute(),
                        new Forwarding.Masquerade(),
                        new Forwarding.Ipip(),
                        new Forwarding.Gue(6080, Checksum.REMOTE),
                        new Forwarding.Gre(Checksum.OUTER),
                        new Forwarding.Other(4, 0),
                        new Forwarding.Other(2, 9))) {
            assertThat(ForwardingMethod.of(forwarding).toForwarding()).isEqualTo(forwarding);
        }
    }

    @Test
    void numbersKeepTheirBounds() {
        refused(() -> ServiceKey.tcp(VIP, 65536), "service port: 65536 (expected: 0 to 65535)");
        refused(
                () -> ServiceKey.mark(AddressFamily.INET, 0),
                "mark: 0 (expected: any other number)");
        refused(
                () -> Destination.of(VIP, 80, -1, new Forwarding.Ipip()),
                "weight: -1 (expected: 0 or more)");
        refused(() -> new Forwarding.Gue(0, Checksum.NONE), "GUE port: 0 (expected: 1 to 65535)");
        refused(
                () -> new Thresholds(5, 6),
                "thresholds: 5 and 6 (expected: 4294967295 >= upper >= lower >= 0)");
        refused(
                () -> VirtualService.of(ServiceKey.tcp(VIP, 80), "a-name-too-long-"),
                "scheduler: \"a-name-too-long-\" (expected: a name of 1 to 15 letters)");
        refused(
                () ->
                        new VirtualService(
                                ServiceKey.tcp(VIP, 80), "rr", Set.of(), new Persistence(1, 64)),
                "client prefix length: 64 (expected: at most 32)");
    }

    private static void refused(ThrowingCallable making, String message) {
        assertThatIllegalArgumentException().isThrownBy(making).withMessage(message);
    }
}
