package dev.holdfast.netlink.generic;

/// `linux/genetlink.h`: the controller that knows all families.
final class LinuxGenetlink {

    static final int GENL_HDRLEN = 4; // struct genlmsghdr
    static final int GENL_ID_CTRL = 0x10;
    static final int CTRL_VERSION = 2;

    // linux/genetlink.h, the enum that starts at CTRL_CMD_UNSPEC
    static final int CTRL_CMD_GETFAMILY = 3;

    // linux/genetlink.h, the enum that starts at CTRL_ATTR_UNSPEC
    static final int CTRL_ATTR_FAMILY_ID = 1;
    static final int CTRL_ATTR_FAMILY_NAME = 2;
    static final int CTRL_ATTR_VERSION = 3;

    private LinuxGenetlink() {}
}
