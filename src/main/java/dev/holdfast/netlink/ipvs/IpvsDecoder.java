package dev.holdfast.netlink.ipvs;

import static dev.holdfast.netlink.ipvs.LinuxIpVs.*;

import dev.holdfast.netlink.AddressFamily;
import dev.holdfast.netlink.Attributes;
import dev.holdfast.netlink.NetlinkMessage;
import dev.holdfast.netlink.generic.GenericFamily;

/// Reads the kernel's answers.
final class IpvsDecoder {

    private IpvsDecoder() {}

    // NVERSION in linux/ip_vs.h: three bytes, one for each number
    static IpvsInfo info(NetlinkMessage message) {
        Attributes answer = GenericFamily.attributes(message);
        int version = answer.u32(IPVS_INFO_ATTR_VERSION);
        return new IpvsInfo(
                (version >> 16 & 255) + "." + (version >> 8 & 255) + "." + (version & 255),
                answer.u32(IPVS_INFO_ATTR_CONN_TAB_SIZE));
    }

    static ObservedService service(NetlinkMessage message) {
        Attributes answer = GenericFamily.attributes(message).nested(IPVS_CMD_ATTR_SERVICE);
        ServiceKey key = serviceKey(answer);
        int flags = answer.u32(IPVS_SVC_ATTR_FLAGS); // the first field of struct ip_vs_flags
        VirtualService service =
                new VirtualService(
                        key,
                        answer.string(IPVS_SVC_ATTR_SCHED_NAME),
                        ServiceFlag.ofBits(flags),
                        (flags & IP_VS_SVC_F_PERSISTENT) == 0
                                ? null
                                : persistence(answer, key.family()));
        return new ObservedService(service, statistics(answer.nested(IPVS_SVC_ATTR_STATS64)));
    }

    private static ServiceKey serviceKey(Attributes answer) {
        AddressFamily family = AddressFamily.of(answer.u16(IPVS_SVC_ATTR_AF));
        if (answer.has(IPVS_SVC_ATTR_FWMARK)) {
            return new ServiceKey.Mark(family, answer.u32(IPVS_SVC_ATTR_FWMARK));
        }
        return new ServiceKey.Listener(
                ServiceProtocol.of(answer.u16(IPVS_SVC_ATTR_PROTOCOL)),
                answer.address(IPVS_SVC_ATTR_ADDR, family),
                answer.u16BigEndian(IPVS_SVC_ATTR_PORT));
    }

    private static Persistence persistence(Attributes answer, AddressFamily family) {
        return new Persistence(
                Integer.toUnsignedLong(answer.u32(IPVS_SVC_ATTR_TIMEOUT)),
                switch (family) {
                    case INET -> Integer.bitCount(answer.u32(IPVS_SVC_ATTR_NETMASK));
                    case INET6 -> answer.u32(IPVS_SVC_ATTR_NETMASK);
                });
    }

    static ObservedDestination destination(NetlinkMessage message, ServiceKey service) {
        Attributes answer = GenericFamily.attributes(message).nested(IPVS_CMD_ATTR_DEST);
        return new ObservedDestination(
                new Destination(
                        destinationKey(answer, service),
                        answer.u32(IPVS_DEST_ATTR_WEIGHT),
                        forwarding(answer),
                        new Thresholds(
                                unsigned(answer, IPVS_DEST_ATTR_U_THRESH),
                                unsigned(answer, IPVS_DEST_ATTR_L_THRESH))),
                unsigned(answer, IPVS_DEST_ATTR_ACTIVE_CONNS),
                unsigned(answer, IPVS_DEST_ATTR_INACT_CONNS),
                unsigned(answer, IPVS_DEST_ATTR_PERSIST_CONNS),
                statistics(answer.nested(IPVS_DEST_ATTR_STATS64)));
    }

    private static DestinationKey destinationKey(Attributes answer, ServiceKey service) {
        AddressFamily family =
                answer.has(IPVS_DEST_ATTR_ADDR_FAMILY)
                        ? AddressFamily.of(answer.u16(IPVS_DEST_ATTR_ADDR_FAMILY))
                        : service.family();
        return new DestinationKey(
                answer.address(IPVS_DEST_ATTR_ADDR, family),
                answer.u16BigEndian(IPVS_DEST_ATTR_PORT));
    }

    private static Forwarding forwarding(Attributes answer) {
        boolean tunnels = answer.has(IPVS_DEST_ATTR_TUN_TYPE);
        return new ForwardingMethod(
                        answer.u32(IPVS_DEST_ATTR_FWD_METHOD),
                        tunnels ? answer.u8(IPVS_DEST_ATTR_TUN_TYPE) : 0,
                        tunnels ? answer.u16BigEndian(IPVS_DEST_ATTR_TUN_PORT) : 0,
                        tunnels ? answer.u16(IPVS_DEST_ATTR_TUN_FLAGS) : 0)
                .toForwarding();
    }

    private static Statistics statistics(Attributes counters) {
        return new Statistics(
                counters.u64(IPVS_STATS_ATTR_CONNS),
                counters.u64(IPVS_STATS_ATTR_INPKTS),
                counters.u64(IPVS_STATS_ATTR_OUTPKTS),
                counters.u64(IPVS_STATS_ATTR_INBYTES),
                counters.u64(IPVS_STATS_ATTR_OUTBYTES),
                counters.u64(IPVS_STATS_ATTR_CPS),
                counters.u64(IPVS_STATS_ATTR_INPPS),
                counters.u64(IPVS_STATS_ATTR_OUTPPS),
                counters.u64(IPVS_STATS_ATTR_INBPS),
                counters.u64(IPVS_STATS_ATTR_OUTBPS));
    }

    private static long unsigned(Attributes answer, int type) {
        return Integer.toUnsignedLong(answer.u32(type));
    }
}
