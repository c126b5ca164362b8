package dev.holdfast.netlink.route;

import dev.holdfast.netlink.NetlinkException;
import dev.holdfast.netlink.NetlinkProtocol;
import dev.holdfast.netlink.NetlinkSocket;

/// Links, addresses and routes of the network namespace in which the client was opened.
///
/// Reading is open to everyone, changing needs `CAP_NET_ADMIN`. Several threads may use one client.
public final class RouteClient implements AutoCloseable {

    private final NetlinkSocket socket;
    private final Links links;
    private final Addresses addresses;
    private final Routes routes;

    private RouteClient(NetlinkSocket socket) {
        this.socket = socket;
        this.links = new Links(socket);
        LinkIndexes indexes = new LinkIndexes(links);
        this.addresses = new Addresses(socket, indexes);
        this.routes = new Routes(socket, indexes);
    }

    public static RouteClient open() throws NetlinkException {
        return over(NetlinkSocket.open(NetlinkProtocol.ROUTE));
    }

    /// Takes the socket over.
    public static RouteClient over(NetlinkSocket socket) {
        return new RouteClient(socket);
    }

    public Links links() {
        return links;
    }

    public Addresses addresses() {
        return addresses;
    }

    public Routes routes() {
        return routes;
    }

    @Override
    public void close() {
        socket.close();
    }
}
