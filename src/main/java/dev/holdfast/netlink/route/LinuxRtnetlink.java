package dev.holdfast.netlink.route;

/// `linux/rtnetlink.h`, `linux/if_link.h`, `linux/if_addr.h`, `linux/if_tunnel.h` and
/// `linux/ip6_tunnel.h`: route netlink.
final class LinuxRtnetlink {

    // linux/rtnetlink.h, the enum that starts at RTM_BASE
    static final int RTM_NEWLINK = 16;
    static final int RTM_DELLINK = 17;
    static final int RTM_GETLINK = 18;
    static final int RTM_NEWADDR = 20;
    static final int RTM_DELADDR = 21;
    static final int RTM_GETADDR = 22;
    static final int RTM_NEWROUTE = 24;
    static final int RTM_DELROUTE = 25;
    static final int RTM_GETROUTE = 26;

    // linux/rtnetlink.h: struct ifinfomsg, struct rtmsg; linux/if_addr.h: struct ifaddrmsg
    static final int IFINFOMSG_BYTES = 16;
    static final int RTMSG_BYTES = 12;
    static final int IFADDRMSG_BYTES = 8;

    // linux/if_link.h, the enum that starts at IFLA_UNSPEC
    static final int IFLA_IFNAME = 3;
    static final int IFLA_MTU = 4;
    static final int IFLA_LINKINFO = 18;
    static final int IFLA_IFALIAS = 20;
    static final int IFLA_GROUP = 27;
    static final int IFLA_EXT_MASK = 29;

    // linux/if_link.h, the enum that starts at IFLA_INFO_UNSPEC
    static final int IFLA_INFO_KIND = 1;
    static final int IFLA_INFO_DATA = 2;

    // linux/if.h, enum net_device_flags; linux/rtnetlink.h, "New extended info filters"
    static final int IFF_UP = 1;
    static final int RTEXT_FILTER_SKIP_STATS = 8; // since Linux 4.4
    static final int IFNAMSIZ = 16; // the NUL included

    // linux/if_tunnel.h, the enum that starts at IFLA_IPTUN_UNSPEC
    static final int IFLA_IPTUN_LOCAL = 2;
    static final int IFLA_IPTUN_REMOTE = 3;
    static final int IFLA_IPTUN_TTL = 4;
    static final int IFLA_IPTUN_ENCAP_LIMIT = 6;
    static final int IFLA_IPTUN_FLAGS = 8;
    static final int IFLA_IPTUN_PROTO = 9;
    static final int IFLA_IPTUN_ENCAP_TYPE = 15; // since Linux 3.18, as the three below
    static final int IFLA_IPTUN_ENCAP_FLAGS = 16;
    static final int IFLA_IPTUN_ENCAP_SPORT = 17;
    static final int IFLA_IPTUN_ENCAP_DPORT = 18;

    // linux/if_tunnel.h, enum tunnel_encap_types
    static final int TUNNEL_ENCAP_NONE = 0;
    static final int TUNNEL_ENCAP_FOU = 1;
    static final int TUNNEL_ENCAP_GUE = 2;

    // linux/if_tunnel.h, TUNNEL_ENCAP_FLAG_…
    static final int TUNNEL_ENCAP_FLAG_CSUM = 1;
    static final int TUNNEL_ENCAP_FLAG_CSUM6 = 2;
    static final int TUNNEL_ENCAP_FLAG_REMCSUM = 4;

    // linux/ip6_tunnel.h
    static final int IP6_TNL_F_IGN_ENCAP_LIMIT = 1;
    static final int IPV6_DEFAULT_TNL_ENCAP_LIMIT = 4;

    // linux/in.h
    static final int IPPROTO_IPIP = 4;
    static final int IPPROTO_IPV6 = 41;

    // linux/if_addr.h, the enum that starts at IFA_UNSPEC
    static final int IFA_ADDRESS = 1;
    static final int IFA_LOCAL = 2;
    static final int IFA_PROTO = 11; // since Linux 5.18; older ones ignore it

    // linux/rtnetlink.h, enum rtattr_type_t
    static final int RTA_DST = 1;
    static final int RTA_OIF = 4;
    static final int RTA_GATEWAY = 5;
    static final int RTA_PRIORITY = 6;
    static final int RTA_PREFSRC = 7;
    static final int RTA_MULTIPATH = 9;
    static final int RTA_TABLE = 15;
    static final int RTA_VIA = 18;

    // linux/rtnetlink.h, enum rt_class_t
    static final int RT_TABLE_UNSPEC = 0;
    static final int RT_TABLE_MAIN = 254;
    static final int RT_TABLE_LOCAL = 255;

    // linux/rtnetlink.h, RTM_F_CLONED: an entry of a cache, not of a table
    static final int RTM_F_CLONED = 0x200;

    // linux/rtnetlink.h, struct rtnexthop
    static final int RTNEXTHOP_BYTES = 8;

    // net/ipv6_route.h's IP6_RT_PRIO_USER: what IPv6 takes for "no priority given"
    static final int IP6_RT_PRIO_USER = 1024;

    private LinuxRtnetlink() {}
}
