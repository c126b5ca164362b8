package dev.holdfast.netlink.ipvs;

import static dev.holdfast.netlink.ipvs.LinuxIpVs.*;

import dev.holdfast.netlink.AddressFamily;
import dev.holdfast.netlink.NetlinkRequest;
import dev.holdfast.netlink.PayloadWriter;
import dev.holdfast.netlink.generic.GenericFamily;
import java.net.InetAddress;
import java.util.Arrays;

/// Writes changes and questions as requests; attributes in the order ipvsadm has them.
record IpvsEncoder(GenericFamily family) {

    private static final int NF_INET_ADDR_BYTES = 16; // union nf_inet_addr
    private static final int ALL_FLAGS = -1;
    private static final int WHOLE_IPV4_ADDRESS = -1; // a netmask of 32 ones

    NetlinkRequest info() {
        return family.request(() -> "get version", IPVS_CMD_GET_INFO, _ -> {});
    }

    NetlinkRequest services() {
        return family.request(() -> "list services", IPVS_CMD_GET_SERVICE, _ -> {});
    }

    NetlinkRequest service(ServiceKey key) {
        return family.request(
                () -> "get service " + key, IPVS_CMD_GET_SERVICE, payload -> put(payload, key));
    }

    NetlinkRequest destinations(ServiceKey key) {
        return family.request(
                () -> "list destinations of " + key,
                IPVS_CMD_GET_DEST,
                payload -> put(payload, key));
    }

    NetlinkRequest change(IpvsChange change) {
        return family.request(
                () -> describe(change), command(change), payload -> put(payload, change));
    }

    private static String describe(IpvsChange change) {
        return switch (change) {
            case IpvsChange.AddService(var service) -> "add service " + service.key();
            case IpvsChange.EditService(var service) -> "edit service " + service.key();
            case IpvsChange.DeleteService(var service) -> "delete service " + service;
            case IpvsChange.AddDestination(var service, var destination) ->
                    "add destination " + destination.key() + " to " + service;
            case IpvsChange.EditDestination(var service, var destination) ->
                    "edit destination " + destination.key() + " of " + service;
            case IpvsChange.DeleteDestination(var service, var destination) ->
                    "delete destination " + destination + " of " + service;
        };
    }

    private static int command(IpvsChange change) {
        return switch (change) {
            case IpvsChange.AddService _ -> IPVS_CMD_NEW_SERVICE;
            case IpvsChange.EditService _ -> IPVS_CMD_SET_SERVICE;
            case IpvsChange.DeleteService _ -> IPVS_CMD_DEL_SERVICE;
            case IpvsChange.AddDestination _ -> IPVS_CMD_NEW_DEST;
            case IpvsChange.EditDestination _ -> IPVS_CMD_SET_DEST;
            case IpvsChange.DeleteDestination _ -> IPVS_CMD_DEL_DEST;
        };
    }

    private static void put(PayloadWriter payload, IpvsChange change) {
        switch (change) {
            case IpvsChange.AddService(var service) -> put(payload, service);
            case IpvsChange.EditService(var service) -> put(payload, service);
            case IpvsChange.DeleteService(var service) -> put(payload, service);
            case IpvsChange.AddDestination(var service, var destination) ->
                    put(put(payload, service), destination);
            case IpvsChange.EditDestination(var service, var destination) ->
                    put(put(payload, service), destination);
            case IpvsChange.DeleteDestination(var service, var destination) ->
                    put(payload, service)
                            .nest(IPVS_CMD_ATTR_DEST, nested -> putKey(nested, destination));
        }
    }

    private static PayloadWriter put(PayloadWriter payload, ServiceKey key) {
        return payload.nest(IPVS_CMD_ATTR_SERVICE, nested -> putKey(nested, key));
    }

    private static void put(PayloadWriter payload, VirtualService service) {
        Persistence persistence = service.persistence();
        int persistent = persistence == null ? 0 : IP_VS_SVC_F_PERSISTENT;
        payload.nest(
                IPVS_CMD_ATTR_SERVICE,
                nested -> {
                    putKey(nested, service.key());
                    nested.string(IPVS_SVC_ATTR_SCHED_NAME, service.scheduler());
                    nested.nestUnmarked(
                            IPVS_SVC_ATTR_FLAGS, // struct ip_vs_flags
                            flags ->
                                    flags.u32(ServiceFlag.toBits(service.flags()) | persistent)
                                            .u32(ALL_FLAGS));
                    nested.u32(
                            IPVS_SVC_ATTR_TIMEOUT,
                            persistence == null ? 0 : (int) persistence.timeoutSeconds());
                    putClientPrefix(nested, service);
                });
    }

    // A netmask in network byte order for IPv4, a number of bits for IPv6.
    private static void putClientPrefix(PayloadWriter payload, VirtualService service) {
        AddressFamily family = service.key().family();
        Persistence persistence = service.persistence();
        int bits = persistence == null ? family.addressBits() : persistence.clientPrefixLength();
        switch (family) {
            case INET -> {
                int mask = bits == 0 ? 0 : WHOLE_IPV4_ADDRESS << (32 - bits);
                payload.bytes(IPVS_SVC_ATTR_NETMASK, bigEndian(mask));
            }
            case INET6 -> payload.u32(IPVS_SVC_ATTR_NETMASK, bits);
        }
    }

    private static void putKey(PayloadWriter payload, ServiceKey key) {
        payload.u16(IPVS_SVC_ATTR_AF, key.family().number());
        switch (key) {
            case ServiceKey.Listener(var protocol, var address, int port) ->
                    payload.u16(IPVS_SVC_ATTR_PROTOCOL, protocol.number())
                            .bytes(IPVS_SVC_ATTR_ADDR, addressField(address))
                            .u16BigEndian(IPVS_SVC_ATTR_PORT, port);
            case ServiceKey.Mark(_, int mark) -> payload.u32(IPVS_SVC_ATTR_FWMARK, mark);
        }
    }

    private static void put(PayloadWriter payload, Destination destination) {
        payload.nest(
                IPVS_CMD_ATTR_DEST,
                nested -> {
                    putKey(nested, destination.key());
                    ForwardingMethod method = ForwardingMethod.of(destination.forwarding());
                    nested.u32(IPVS_DEST_ATTR_FWD_METHOD, method.method())
                            .u32(IPVS_DEST_ATTR_WEIGHT, destination.weight())
                            .u8(IPVS_DEST_ATTR_TUN_TYPE, method.tunnelType())
                            .u16BigEndian(IPVS_DEST_ATTR_TUN_PORT, method.tunnelPort())
                            .u16(IPVS_DEST_ATTR_TUN_FLAGS, method.tunnelFlags())
                            .u32(IPVS_DEST_ATTR_U_THRESH, (int) destination.thresholds().upper())
                            .u32(IPVS_DEST_ATTR_L_THRESH, (int) destination.thresholds().lower());
                });
    }

    private static void putKey(PayloadWriter payload, DestinationKey key) {
        payload.u16(IPVS_DEST_ATTR_ADDR_FAMILY, AddressFamily.of(key.address()).number())
                .bytes(IPVS_DEST_ATTR_ADDR, addressField(key.address()))
                .u16BigEndian(IPVS_DEST_ATTR_PORT, key.port());
    }

    private static byte[] addressField(InetAddress address) {
        return Arrays.copyOf(address.getAddress(), NF_INET_ADDR_BYTES);
    }

    private static byte[] bigEndian(int value) {
        return new byte[] {
            (byte) (value >> 24), (byte) (value >> 16), (byte) (value >> 8), (byte) value
        };
    }
}
