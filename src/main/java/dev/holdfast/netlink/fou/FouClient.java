package dev.holdfast.netlink.fou;

import static dev.holdfast.netlink.fou.LinuxFou.*;

import dev.holdfast.netlink.AddressFamily;
import dev.holdfast.netlink.Attributes;
import dev.holdfast.netlink.NetlinkException;
import dev.holdfast.netlink.NetlinkMessage;
import dev.holdfast.netlink.NetlinkProtocol;
import dev.holdfast.netlink.NetlinkSocket;
import dev.holdfast.netlink.PayloadWriter;
import dev.holdfast.netlink.generic.GenericFamily;
import java.util.List;

/// The listeners of the network namespace in which the client was opened.
public final class FouClient implements AutoCloseable {

    private final NetlinkSocket socket;
    private final GenericFamily family;

    private FouClient(NetlinkSocket socket, GenericFamily family) {
        this.socket = socket;
        this.family = family;
    }

    /// @throws NetlinkException `ENOENT` when the module `fou` is not loaded
    public static FouClient open() throws NetlinkException {
        return over(NetlinkSocket.open(NetlinkProtocol.GENERIC));
    }

    /// Takes the socket over, and closes it if there is no such family at its end.
    public static FouClient over(NetlinkSocket socket) throws NetlinkException {
        try {
            return new FouClient(socket, GenericFamily.find(socket, FOU_GENL_NAME));
        } catch (NetlinkException e) {
            socket.close();
            throw e;
        }
    }

    public List<FouListener> listeners() throws NetlinkException {
        return socket.dump(
                family.request(() -> "list fou listeners", FOU_CMD_GET, _ -> {}),
                FouClient::decode);
    }

    /// @throws NetlinkException `EADDRINUSE` when something listens there, `EALREADY` when a
    ///   listener like it exists
    public void add(FouListener listener) throws NetlinkException {
        socket.execute(
                family.request(
                        () -> "add fou listener " + listener.family() + " " + listener.port(),
                        FOU_CMD_ADD,
                        payload -> put(payload, listener)));
    }

    /// @throws NetlinkException `EINVAL` when there is none at this port
    public void delete(AddressFamily addressFamily, int port) throws NetlinkException {
        socket.execute(
                family.request(
                        () -> "delete fou listener " + addressFamily + " " + port,
                        FOU_CMD_DEL,
                        payload ->
                                payload.u16BigEndian(FOU_ATTR_PORT, port)
                                        .u8(FOU_ATTR_AF, addressFamily.number())));
    }

    private static void put(PayloadWriter payload, FouListener listener) {
        payload.u16BigEndian(FOU_ATTR_PORT, listener.port())
                .u8(
                        FOU_ATTR_TYPE,
                        switch (listener.content()) {
                            case FouListener.Content.Packets _ -> FOU_ENCAP_DIRECT;
                            case FouListener.Content.Gue _ -> FOU_ENCAP_GUE;
                        })
                .u8(FOU_ATTR_AF, listener.family().number());
        if (listener.content() instanceof FouListener.Content.Packets(int ipProtocol)) {
            payload.u8(FOU_ATTR_IPPROTO, ipProtocol);
        }
    }

    private static FouListener decode(NetlinkMessage message) {
        Attributes answer = GenericFamily.attributes(message);
        int type = answer.u8(FOU_ATTR_TYPE);
        return new FouListener(
                AddressFamily.of(answer.u8(FOU_ATTR_AF)),
                answer.u16BigEndian(FOU_ATTR_PORT),
                switch (type) {
                    case FOU_ENCAP_DIRECT ->
                            new FouListener.Content.Packets(answer.u8(FOU_ATTR_IPPROTO));
                    case FOU_ENCAP_GUE -> new FouListener.Content.Gue();
                    default ->
                            throw new IllegalArgumentException(
                                    "listener type: " + type + " (expected: 1 or 2)");
                });
    }

    @Override
    public void close() {
        socket.close();
    }
}
