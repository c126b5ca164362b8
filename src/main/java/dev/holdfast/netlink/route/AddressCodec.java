package dev.holdfast.netlink.route;

import static dev.holdfast.netlink.LinuxNetlink.NLM_F_CREATE;
import static dev.holdfast.netlink.LinuxNetlink.NLM_F_EXCL;
import static dev.holdfast.netlink.route.LinuxRtnetlink.*;

import dev.holdfast.netlink.AddressFamily;
import dev.holdfast.netlink.Attributes;
import dev.holdfast.netlink.NetlinkMessage;
import dev.holdfast.netlink.NetlinkRequest;
import dev.holdfast.netlink.PayloadWriter;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.Optional;

/// Addresses as messages with a `struct ifaddrmsg`.
final class AddressCodec {

    /// An address of a link that has only its number yet.
    record Numbered(int linkIndex, InterfaceAddress address) {

        /// Empty when the link is gone, and the address with it.
        Optional<InterfaceAddress> named(Map<Integer, String> names) {
            return Optional.ofNullable(names.get(linkIndex))
                    .map(name ->
                            new InterfaceAddress(
                                    name,
                                    address.address(),
                                    address.prefixLength(),
                                    address.scope(),
                                    address.protocol()));
        }
    }

    private AddressCodec() {}

    /// @param linkIndex 0 for all links
    static NetlinkRequest list(AddressFamily family, int linkIndex) {
        return new NetlinkRequest(
                () -> "list " + family + " addresses",
                RTM_GETADDR,
                0,
                header(family, 0, 0, linkIndex).toBytes());
    }

    static NetlinkRequest encode(AddressChange change, int linkIndex) {
        return switch (change) {
            case AddressChange.Add(var address) ->
                    new NetlinkRequest(
                            () -> describe(change),
                            RTM_NEWADDR,
                            NLM_F_CREATE | NLM_F_EXCL,
                            encode(address, linkIndex));
            case AddressChange.Delete(var address) ->
                    new NetlinkRequest(
                            () -> describe(change), RTM_DELADDR, 0, encode(address, linkIndex));
        };
    }

    static String describe(AddressChange change) {
        return switch (change) {
            case AddressChange.Add(var address) -> "add address " + address;
            case AddressChange.Delete(var address) -> "delete address " + address;
        };
    }

    private static byte[] encode(InterfaceAddress address, int linkIndex) {
        byte[] bytes = address.address().getAddress();
        PayloadWriter payload =
                header(
                                AddressFamily.of(address.address()),
                                address.prefixLength(),
                                address.scope().number(),
                                linkIndex)
                        .bytes(IFA_LOCAL, bytes)
                        .bytes(IFA_ADDRESS, bytes);
        if (address.protocol() != 0) {
            payload.u8(IFA_PROTO, address.protocol());
        }
        return payload.toBytes();
    }

    // struct ifaddrmsg
    private static PayloadWriter header(
            AddressFamily family, int prefixLength, int scope, int linkIndex) {
        return new PayloadWriter()
                .u8(family.number())
                .u8(prefixLength)
                .u8(0)
                .u8(scope)
                .u32(linkIndex);
    }

    static Numbered decode(NetlinkMessage message) {
        ByteBuffer header = message.header(IFADDRMSG_BYTES);
        Attributes attributes = message.attributes(IFADDRMSG_BYTES);
        // On a point-to-point link IFA_ADDRESS is the other end's.
        int own = attributes.has(IFA_LOCAL) ? IFA_LOCAL : IFA_ADDRESS;
        return new Numbered(
                header.getInt(4),
                new InterfaceAddress(
                        "?",
                        attributes.address(own),
                        Byte.toUnsignedInt(header.get(1)),
                        new Scope(Byte.toUnsignedInt(header.get(3))),
                        attributes.has(IFA_PROTO) ? attributes.u8(IFA_PROTO) : 0));
    }
}
