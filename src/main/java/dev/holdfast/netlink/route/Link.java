package dev.holdfast.netlink.route;

import java.nio.charset.StandardCharsets;
import java.util.OptionalInt;

/// A tunnel link as one asks for it. An alias can be set only on a link that is there.
///
/// @param group a number that links can be found and deleted by; 0 is everyone's
/// @param mtuBytes empty leaves it to the kernel
/// @param state that it is made in
public record Link(String name, Tunnel tunnel, int group, OptionalInt mtuBytes, LinkState state) {

    public Link {
        checkName(name);
    }

    /// A link that is up as soon as it is there.
    public static Link tunnel(String name, Tunnel tunnel) {
        return new Link(name, tunnel, 0, OptionalInt.empty(), LinkState.UP);
    }

    public Link inGroup(int newGroup) {
        return new Link(name, tunnel, newGroup, mtuBytes, state);
    }

    public Link withMtuBytes(int newMtuBytes) {
        return new Link(name, tunnel, group, OptionalInt.of(newMtuBytes), state);
    }

    static void checkName(String name) {
        if (name.isEmpty()
                || name.getBytes(StandardCharsets.UTF_8).length >= LinuxRtnetlink.IFNAMSIZ) {
            throw new IllegalArgumentException(
                    "link name: \"" + name + "\" (expected: 1 to 15 bytes)");
        }
    }
}
