package dev.holdfast.netlink;

/// Which part of the kernel a socket talks to.
public enum NetlinkProtocol {
    ROUTE(LinuxNetlink.NETLINK_ROUTE),
    GENERIC(LinuxNetlink.NETLINK_GENERIC);

    private final int number;

    NetlinkProtocol(int number) {
        this.number = number;
    }

    int number() {
        return number;
    }
}
