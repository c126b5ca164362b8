package dev.holdfast.netlink.generic;

import static dev.holdfast.netlink.generic.LinuxGenetlink.CTRL_ATTR_FAMILY_ID;
import static dev.holdfast.netlink.generic.LinuxGenetlink.CTRL_ATTR_FAMILY_NAME;
import static dev.holdfast.netlink.generic.LinuxGenetlink.CTRL_ATTR_VERSION;
import static dev.holdfast.netlink.generic.LinuxGenetlink.CTRL_CMD_GETFAMILY;
import static dev.holdfast.netlink.generic.LinuxGenetlink.CTRL_VERSION;
import static dev.holdfast.netlink.generic.LinuxGenetlink.GENL_HDRLEN;
import static dev.holdfast.netlink.generic.LinuxGenetlink.GENL_ID_CTRL;

import dev.holdfast.netlink.Attributes;
import dev.holdfast.netlink.Errno;
import dev.holdfast.netlink.NetlinkException;
import dev.holdfast.netlink.NetlinkMessage;
import dev.holdfast.netlink.NetlinkRequest;
import dev.holdfast.netlink.NetlinkSocket;
import dev.holdfast.netlink.PayloadWriter;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;

/// A family as this kernel knows it.
///
/// @param name for example `IPVS`
/// @param id its message type, good until the family's module is unloaded
/// @param version of its commands
public record GenericFamily(String name, int id, int version) {

    /// Asks the kernel for a family. Looking for one loads its module where the kernel can.
    ///
    /// @throws NetlinkException `ENOENT` when there is no such family
    public static GenericFamily find(NetlinkSocket socket, String name) throws NetlinkException {
        byte[] payload =
                new PayloadWriter()
                        .u8(CTRL_CMD_GETFAMILY)
                        .u8(CTRL_VERSION)
                        .u16(0)
                        .string(CTRL_ATTR_FAMILY_NAME, name)
                        .toBytes();
        Supplier<String> operation = () -> "find generic netlink family " + name;
        List<GenericFamily> found =
                socket.get(
                        new NetlinkRequest(operation, GENL_ID_CTRL, 0, payload),
                        GenericFamily::decode);
        if (found.size() != 1) {
            throw new NetlinkException(
                    operation.get(), Errno.EBADMSG, "families: " + found.size() + " (expected: 1)");
        }
        return found.getFirst();
    }

    private static GenericFamily decode(NetlinkMessage message) {
        Attributes attributes = message.attributes(GENL_HDRLEN);
        return new GenericFamily(
                attributes.string(CTRL_ATTR_FAMILY_NAME),
                attributes.u16(CTRL_ATTR_FAMILY_ID),
                attributes.u32(CTRL_ATTR_VERSION));
    }

    /// A request to this family.
    ///
    /// @param command one of the family's own
    /// @param attributes writes them
    public NetlinkRequest request(
            Supplier<String> operation, int command, Consumer<PayloadWriter> attributes) {
        PayloadWriter payload = new PayloadWriter().u8(command).u8(version).u16(0);
        attributes.accept(payload);
        return new NetlinkRequest(operation, id, 0, payload.toBytes());
    }

    /// The attributes of an answer of this family.
    public static Attributes attributes(NetlinkMessage message) {
        return message.attributes(GENL_HDRLEN);
    }
}
