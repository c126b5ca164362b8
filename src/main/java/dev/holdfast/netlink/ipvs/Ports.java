package dev.holdfast.netlink.ipvs;

import java.net.Inet6Address;
import java.net.InetAddress;

/// Port numbers: their bounds, and how they are written behind an address.
final class Ports {

    private Ports() {}

    static void check(String name, int port) {
        if (port < 0 || port > 65535) {
            throw new IllegalArgumentException(name + ": " + port + " (expected: 0 to 65535)");
        }
    }

    static String join(InetAddress address, int port) {
        String text = address.getHostAddress();
        return (address instanceof Inet6Address ? "[" + text + "]" : text) + ":" + port;
    }
}
