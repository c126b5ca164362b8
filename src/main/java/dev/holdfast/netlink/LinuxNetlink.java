package dev.holdfast.netlink;

/// `linux/netlink.h`: header, flags and control messages that all families share.
public final class LinuxNetlink {

    // linux/netlink.h, protocols
    static final int NETLINK_ROUTE = 0;
    static final int NETLINK_GENERIC = 16;

    // linux/netlink.h, struct nlmsghdr
    static final int NLMSG_HDRLEN = 16;
    static final int NLMSG_ALIGNTO = 4;

    // linux/netlink.h, "Flags values"
    public static final int NLM_F_REQUEST = 0x01;
    static final int NLM_F_MULTI = 0x02;
    public static final int NLM_F_ACK = 0x04;
    static final int NLM_F_DUMP_INTR = 0x10; // since Linux 3.1

    // linux/netlink.h, "Modifiers to GET request"
    public static final int NLM_F_DUMP = 0x300; // NLM_F_ROOT | NLM_F_MATCH

    // linux/netlink.h, "Modifiers to NEW request"
    public static final int NLM_F_REPLACE = 0x100;
    public static final int NLM_F_EXCL = 0x200;
    public static final int NLM_F_CREATE = 0x400;

    // linux/netlink.h, "Flags for ACK message", since Linux 4.12
    static final int NLM_F_CAPPED = 0x100;
    static final int NLM_F_ACK_TLVS = 0x200;

    // linux/netlink.h, control messages
    static final int NLMSG_NOOP = 0x1;
    static final int NLMSG_ERROR = 0x2;
    static final int NLMSG_DONE = 0x3;
    static final int NLMSG_OVERRUN = 0x4;
    public static final int NLMSG_MIN_TYPE = 0x10;

    // linux/netlink.h, enum nlmsgerr_attrs, since Linux 4.12
    static final int NLMSGERR_ATTR_MSG = 1;
    static final int NLMSGERR_ATTR_OFFS = 2;
    static final int NLMSGERR_ATTR_MISS_TYPE = 5; // since Linux 6.1

    // linux/netlink.h, socket options
    static final int NETLINK_CAP_ACK = 10; // since Linux 4.3
    static final int NETLINK_EXT_ACK = 11; // since Linux 4.12
    static final int NETLINK_GET_STRICT_CHK = 12; // since Linux 4.20

    // linux/netlink.h, struct nlattr
    static final int NLA_HDRLEN = 4;
    static final int NLA_F_NESTED = 0x8000;
    static final int NLA_TYPE_MASK = 0x3fff; // neither NLA_F_NESTED nor NLA_F_NET_BYTEORDER

    private LinuxNetlink() {}

    /// `NLMSG_ALIGN` and `NLA_ALIGN`: up to a multiple of four.
    static int align(int length) {
        return (length + NLMSG_ALIGNTO - 1) & -NLMSG_ALIGNTO;
    }
}
