package dev.holdfast.netlink.ipvs;

/// `linux/ip_vs.h`: the generic netlink family IPVS.
final class LinuxIpVs {

    static final String IPVS_GENL_NAME = "IPVS";

    // linux/ip_vs.h, the enum that starts at IPVS_CMD_UNSPEC
    static final int IPVS_CMD_NEW_SERVICE = 1;
    static final int IPVS_CMD_SET_SERVICE = 2;
    static final int IPVS_CMD_DEL_SERVICE = 3;
    static final int IPVS_CMD_GET_SERVICE = 4;
    static final int IPVS_CMD_NEW_DEST = 5;
    static final int IPVS_CMD_SET_DEST = 6;
    static final int IPVS_CMD_DEL_DEST = 7;
    static final int IPVS_CMD_GET_DEST = 8;
    static final int IPVS_CMD_GET_INFO = 15;

    // linux/ip_vs.h, the enum that starts at IPVS_CMD_ATTR_UNSPEC
    static final int IPVS_CMD_ATTR_SERVICE = 1;
    static final int IPVS_CMD_ATTR_DEST = 2;

    // linux/ip_vs.h, the enum that starts at IPVS_SVC_ATTR_UNSPEC
    static final int IPVS_SVC_ATTR_AF = 1;
    static final int IPVS_SVC_ATTR_PROTOCOL = 2;
    static final int IPVS_SVC_ATTR_ADDR = 3;
    static final int IPVS_SVC_ATTR_PORT = 4;
    static final int IPVS_SVC_ATTR_FWMARK = 5;
    static final int IPVS_SVC_ATTR_SCHED_NAME = 6;
    static final int IPVS_SVC_ATTR_FLAGS = 7;
    static final int IPVS_SVC_ATTR_TIMEOUT = 8;
    static final int IPVS_SVC_ATTR_NETMASK = 9;
    static final int IPVS_SVC_ATTR_STATS64 = 12; // since Linux 4.1

    // linux/ip_vs.h, "Virtual Service Flags"
    static final int IP_VS_SVC_F_PERSISTENT = 0x0001;
    static final int IP_VS_SVC_F_ONEPACKET = 0x0004;
    static final int IP_VS_SVC_F_SCHED1 = 0x0008;
    static final int IP_VS_SVC_F_SCHED2 = 0x0010;
    static final int IP_VS_SVC_F_SCHED3 = 0x0020;

    // linux/ip_vs.h, the enum that starts at IPVS_DEST_ATTR_UNSPEC
    static final int IPVS_DEST_ATTR_ADDR = 1;
    static final int IPVS_DEST_ATTR_PORT = 2;
    static final int IPVS_DEST_ATTR_FWD_METHOD = 3;
    static final int IPVS_DEST_ATTR_WEIGHT = 4;
    static final int IPVS_DEST_ATTR_U_THRESH = 5;
    static final int IPVS_DEST_ATTR_L_THRESH = 6;
    static final int IPVS_DEST_ATTR_ACTIVE_CONNS = 7;
    static final int IPVS_DEST_ATTR_INACT_CONNS = 8;
    static final int IPVS_DEST_ATTR_PERSIST_CONNS = 9;
    static final int IPVS_DEST_ATTR_ADDR_FAMILY = 11; // since Linux 3.18
    static final int IPVS_DEST_ATTR_STATS64 = 12; // since Linux 4.1
    static final int IPVS_DEST_ATTR_TUN_TYPE = 13; // since Linux 5.3
    static final int IPVS_DEST_ATTR_TUN_PORT = 14; // since Linux 5.3
    static final int IPVS_DEST_ATTR_TUN_FLAGS = 15; // since Linux 5.3

    // linux/ip_vs.h, "IPVS Connection Flags": the forwarding method is in the lowest three bits
    static final int IP_VS_CONN_F_FWD_MASK = 0x0007;
    static final int IP_VS_CONN_F_MASQ = 0x0000;
    static final int IP_VS_CONN_F_TUNNEL = 0x0002;
    static final int IP_VS_CONN_F_DROUTE = 0x0003;

    // linux/ip_vs.h, "Tunnel types"
    static final int IP_VS_CONN_F_TUNNEL_TYPE_IPIP = 0;
    static final int IP_VS_CONN_F_TUNNEL_TYPE_GUE = 1;
    static final int IP_VS_CONN_F_TUNNEL_TYPE_GRE = 2;

    // linux/ip_vs.h, "Tunnel encapsulation flags"
    static final int IP_VS_TUNNEL_ENCAP_FLAG_NOCSUM = 0;
    static final int IP_VS_TUNNEL_ENCAP_FLAG_CSUM = 1;
    static final int IP_VS_TUNNEL_ENCAP_FLAG_REMCSUM = 2;

    // linux/ip_vs.h, the enum that starts at IPVS_STATS_ATTR_UNSPEC
    static final int IPVS_STATS_ATTR_CONNS = 1;
    static final int IPVS_STATS_ATTR_INPKTS = 2;
    static final int IPVS_STATS_ATTR_OUTPKTS = 3;
    static final int IPVS_STATS_ATTR_INBYTES = 4;
    static final int IPVS_STATS_ATTR_OUTBYTES = 5;
    static final int IPVS_STATS_ATTR_CPS = 6;
    static final int IPVS_STATS_ATTR_INPPS = 7;
    static final int IPVS_STATS_ATTR_OUTPPS = 8;
    static final int IPVS_STATS_ATTR_INBPS = 9;
    static final int IPVS_STATS_ATTR_OUTBPS = 10;

    // linux/ip_vs.h, the enum that starts at IPVS_INFO_ATTR_UNSPEC
    static final int IPVS_INFO_ATTR_VERSION = 1;
    static final int IPVS_INFO_ATTR_CONN_TAB_SIZE = 2;

    // linux/ip_vs.h, IP_VS_SCHEDNAME_MAXLEN, its NUL included
    static final int IP_VS_SCHEDNAME_MAXLEN = 16;

    private LinuxIpVs() {}
}
