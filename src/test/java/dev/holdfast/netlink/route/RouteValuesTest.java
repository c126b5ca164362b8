package dev.holdfast.netlink.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.InetAddress;
import java.util.Random;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/// What cannot be asked of a kernel cannot be made.
class RouteValuesTest {

    @Test
    void aPrefixHasNoBitsBehindItsLength() {
        refused(
                () -> new IpPrefix(ip("192.0.2.77"), 24),
                "prefix: 192.0.2.77/24 (expected: 192.0.2.0/24)");
        refused(() -> new IpPrefix(ip("192.0.2.0"), 33), "prefix length: 33 (expected: 0 to 32)");
        refused(() -> new IpPrefix(ip("fd00::"), 129), "prefix length: 129 (expected: 0 to 128)");
    }

    @Test
    void aPrefixOfAnyLengthIsCutAtThatBit() {
        long seed = 20250907;
        Random random = new Random(seed);
        for (int round = 0; round < 500; round++) {
            int length = random.nextInt(33);
            int bits = random.nextInt();
            int kept = length == 0 ? 0 : bits & -1 << (32 - length);
            boolean whole = bits == kept;
            assertThat(isPrefix(bits, length))
                    .as("seed %d, round %d", seed, round)
                    .isEqualTo(whole);
            assertThat(isPrefix(kept, length)).as("seed %d, round %d", seed, round).isTrue();
        }
    }

    private static boolean isPrefix(int bits, int length) {
        try {
            return new IpPrefix(ip(dotted(bits)), length).length() == length;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static String dotted(int bits) {
        return (bits >>> 24)
                + "."
                + (bits >>> 16 & 255)
                + "."
                + (bits >>> 8 & 255)
                + "."
                + (bits & 255);
    }

    @Test
    void theEndsOfATunnelAreOfItsFamily() {
        refused(
                () -> Tunnel.Ipip.of(ip("10.0.0.1"), ip("fd00::1"), 64),
                "tunnel ends: 10.0.0.1 and fd00:0:0:0:0:0:0:1 (expected: family INET)");
        refused(
                () ->
                        Tunnel.Ip6tnl.of(
                                Tunnel.Ip6tnl.Mode.IP6IP6, ip("10.0.0.1"), ip("10.0.0.2"), 64),
                "tunnel ends: 10.0.0.1 and 10.0.0.2 (expected: family INET6)");
        refused(
                () -> Tunnel.Sit.of(ip("10.0.0.1"), ip("10.0.0.2"), 256),
                "hops: 256 (expected: 0 to 255)");
    }

    @Test
    void numbersKeepTheirBounds() {
        refused(() -> new TunnelEncapsulation.Fou(0), "destination port: 0 (expected: 1 to 65535)");
        refused(
                () ->
                        Link.tunnel(
                                "a-name-too-long-",
                                Tunnel.Sit.of(ip("10.0.0.1"), ip("10.0.0.2"), 1)),
                "link name: \"a-name-too-long-\" (expected: 1 to 15 bytes)");
        refused(
                () -> Route.blackhole(IpPrefix.host(ip("10.0.0.1"))).by(256),
                "route protocol: 256 (expected: 0 to 255)");
        refused(
                () -> Route.blackhole(IpPrefix.host(ip("10.0.0.1"))).inTable(0),
                "table: 0 (expected: 1 to 4294967295)");
    }

    @Test
    void theGroupOfAllLinksIsNeverDeleted() {
        refused(
                () -> {
                    try (RouteClient route = RouteClient.open()) {
                        route.links().deleteGroup(0);
                    }
                },
                "link group: 0 (expected: any other number)");
    }

    private static void refused(ThrowingCallable making, String message) {
        assertThatIllegalArgumentException().isThrownBy(making).withMessage(message);
    }

    private static InetAddress ip(String address) {
        return InetAddress.ofLiteral(address);
    }
}
