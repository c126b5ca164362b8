package dev.holdfast.netlink.route;

/// How far away a route's destination is, or how far an address is good: `linux/rtnetlink.h`, enum
/// rt_scope_t. Numbers between the named ones are allowed.
public record Scope(int number) {

    public static final Scope UNIVERSE = new Scope(0);
    public static final Scope SITE = new Scope(200);

    /// On a network this machine is on.
    public static final Scope LINK = new Scope(253);

    /// On this machine.
    public static final Scope HOST = new Scope(254);

    public Scope {
        if (number < 0 || number > 255) {
            throw new IllegalArgumentException("scope: " + number + " (expected: 0 to 255)");
        }
    }
}
