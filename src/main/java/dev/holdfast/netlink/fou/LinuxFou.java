package dev.holdfast.netlink.fou;

/// `linux/fou.h`: the generic netlink family fou, since Linux 3.18.
final class LinuxFou {

    static final String FOU_GENL_NAME = "fou";

    // linux/fou.h, the enum that starts at FOU_ATTR_UNSPEC
    static final int FOU_ATTR_PORT = 1;
    static final int FOU_ATTR_AF = 2;
    static final int FOU_ATTR_IPPROTO = 3;
    static final int FOU_ATTR_TYPE = 4;

    // linux/fou.h, the enum that starts at FOU_CMD_UNSPEC
    static final int FOU_CMD_ADD = 1;
    static final int FOU_CMD_DEL = 2;
    static final int FOU_CMD_GET = 3;

    // linux/fou.h, the enum that starts at FOU_ENCAP_UNSPEC
    static final int FOU_ENCAP_DIRECT = 1;
    static final int FOU_ENCAP_GUE = 2;

    private LinuxFou() {}
}
