package dev.holdfast.story;

import dev.holdfast.lab.Machine;
import dev.holdfast.wire.Encapsulation;

/// What a host without an agent has to be set up with by hand, in tests that are about other things
/// and save the time that agents take to start.
final class WithoutAgent {

    private WithoutAgent() {}

    /// Ends a tunnel and has a VIP.
    static void takesPackets(Machine host, Encapsulation.Kind kind, String vip) {
        host.sh(
                """
                set -e
                modprobe -a ipip fou
                ip link set tunl0 up
                echo 0 >/proc/sys/net/ipv4/conf/all/rp_filter
                echo 0 >/proc/sys/net/ipv4/conf/tunl0/rp_filter
                ip address add %s/32 dev lo
                """
                        .formatted(vip));
        listen(host, kind);
    }

    /// Has a VIP of IPv6 besides, which comes out of tunnels of IPv4.
    static void takesPackets6(Machine host, String vip) {
        host.sh(
                """
                set -e
                modprobe sit
                ip link set sit0 up
                ip address add %s/128 dev lo
                """
                        .formatted(vip));
    }

    static void listen(Machine host, Encapsulation.Kind kind) {
        if (kind != Encapsulation.Kind.IPIP) {
            host.sh("ip fou add port " + listener(kind));
        }
    }

    static void stopListening(Machine host, Encapsulation.Kind kind) {
        host.sh("ip fou del port " + listener(kind));
    }

    private static String listener(Encapsulation.Kind kind) {
        return kind == Encapsulation.Kind.FOU ? "5555 ipproto 4" : "6080 gue";
    }
}
