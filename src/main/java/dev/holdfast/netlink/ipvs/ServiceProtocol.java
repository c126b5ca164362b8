package dev.holdfast.netlink.ipvs;

/// The protocols IPVS balances, with their numbers in `linux/in.h`.
public enum ServiceProtocol {
    TCP(6),
    UDP(17),
    SCTP(132);

    private final int number;

    ServiceProtocol(int number) {
        this.number = number;
    }

    int number() {
        return number;
    }

    static ServiceProtocol of(int number) {
        for (ServiceProtocol protocol : values()) {
            if (protocol.number == number) {
                return protocol;
            }
        }
        throw new IllegalArgumentException(
                "service protocol: " + number + " (expected: 6, 17 or 132)");
    }
}
