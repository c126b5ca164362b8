package dev.holdfast.netlink.route;

/// What becomes of a packet: `linux/rtnetlink.h`, the enum that starts at `RTN_UNSPEC`, in its
/// order.
public enum RouteType {
    UNSPECIFIED(0),
    /// Sent on to a gateway or over a link.
    UNICAST(1),
    /// Taken in by this machine.
    LOCAL(2),
    BROADCAST(3),
    ANYCAST(4),
    MULTICAST(5),
    /// Dropped without a word.
    BLACKHOLE(6),
    UNREACHABLE(7),
    PROHIBIT(8),
    /// Looked up in the next table.
    THROW(9),
    NAT(10),
    XRESOLVE(11);

    private final int number;

    RouteType(int number) {
        this.number = number;
    }

    int number() {
        return number;
    }

    static RouteType of(int number) {
        for (RouteType type : values()) {
            if (type.number == number) {
                return type;
            }
        }
        throw new IllegalArgumentException("route type: " + number + " (expected: 0 to 11)");
    }

    /// Whether a link or a gateway belongs to it.
    boolean leadsSomewhere() {
        return switch (this) {
            case BLACKHOLE, UNREACHABLE, PROHIBIT, THROW -> false;
            case UNSPECIFIED, UNICAST, LOCAL, BROADCAST, ANYCAST, MULTICAST, NAT, XRESOLVE -> true;
        };
    }
}
