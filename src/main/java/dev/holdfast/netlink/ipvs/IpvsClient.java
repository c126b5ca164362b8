package dev.holdfast.netlink.ipvs;

import dev.holdfast.netlink.Errno;
import dev.holdfast.netlink.NetlinkException;
import dev.holdfast.netlink.NetlinkProtocol;
import dev.holdfast.netlink.NetlinkRequest;
import dev.holdfast.netlink.NetlinkSocket;
import dev.holdfast.netlink.Refusal;
import dev.holdfast.netlink.generic.GenericFamily;
import java.util.List;
import java.util.Optional;

/// The IPVS of the network namespace in which the client was opened.
///
/// Reading and changing need `CAP_NET_ADMIN`. Several threads may use one client.
public final class IpvsClient implements AutoCloseable {

    private final NetlinkSocket socket;
    private final IpvsEncoder encoder;

    private IpvsClient(NetlinkSocket socket, IpvsEncoder encoder) {
        this.socket = socket;
        this.encoder = encoder;
    }

    /// @throws NetlinkException `ENOENT` when the module `ip_vs` is not loaded
    public static IpvsClient open() throws NetlinkException {
        return over(NetlinkSocket.open(NetlinkProtocol.GENERIC));
    }

    /// Takes the socket over, and closes it if there is no IPVS at its end.
    public static IpvsClient over(NetlinkSocket socket) throws NetlinkException {
        try {
            GenericFamily family = GenericFamily.find(socket, LinuxIpVs.IPVS_GENL_NAME);
            return new IpvsClient(socket, new IpvsEncoder(family));
        } catch (NetlinkException e) {
            socket.close();
            throw e;
        }
    }

    public IpvsInfo info() throws NetlinkException {
        return socket.get(encoder.info(), IpvsDecoder::info).getFirst();
    }

    /// All services, without order.
    public List<ObservedService> services() throws NetlinkException {
        return socket.dump(encoder.services(), IpvsDecoder::service);
    }

    public Optional<ObservedService> service(ServiceKey key) throws NetlinkException {
        try {
            return socket.get(encoder.service(key), IpvsDecoder::service).stream().findFirst();
        } catch (NetlinkException e) {
            if (e.errno() == Errno.ESRCH) {
                return Optional.empty();
            }
            throw e;
        }
    }

    /// The destinations of a service in the order of the kernel's list: the newest first. The
    /// Maglev table depends on it.
    ///
    /// Empty, too, when there is no such service: the kernel makes no difference.
    public List<ObservedDestination> destinations(ServiceKey service) throws NetlinkException {
        return socket.dump(
                encoder.destinations(service),
                message -> IpvsDecoder.destination(message, service));
    }

    /// @throws NetlinkException `EEXIST` when there is one, `ENOENT` when there is no such
    ///   scheduler
    public void add(VirtualService service) throws NetlinkException {
        make(new IpvsChange.AddService(service));
    }

    /// @throws NetlinkException `ESRCH` when there is no such service
    public void edit(VirtualService service) throws NetlinkException {
        make(new IpvsChange.EditService(service));
    }

    /// @throws NetlinkException `ESRCH` when there is no such service
    public void delete(ServiceKey service) throws NetlinkException {
        make(new IpvsChange.DeleteService(service));
    }

    /// @throws NetlinkException `ESRCH` when there is no such service, `EEXIST` when it has the
    ///   destination already
    public void add(ServiceKey service, Destination destination) throws NetlinkException {
        make(new IpvsChange.AddDestination(service, destination));
    }

    /// @throws NetlinkException `ESRCH` when there is no such service, `ENOENT` when it has no such
    ///   destination
    public void edit(ServiceKey service, Destination destination) throws NetlinkException {
        make(new IpvsChange.EditDestination(service, destination));
    }

    /// @throws NetlinkException `ESRCH` when there is no such service, `ENOENT` when it has no such
    ///   destination
    public void delete(ServiceKey service, DestinationKey destination) throws NetlinkException {
        make(new IpvsChange.DeleteDestination(service, destination));
    }

    private void make(IpvsChange change) throws NetlinkException {
        socket.execute(encoder.change(change));
    }

    /// Makes many changes in their order and in few round trips. A change that the kernel refuses
    /// does not keep the following ones from being made.
    ///
    /// @return the refused ones in their order, empty when all were made
    public List<Refusal<IpvsChange>> apply(List<IpvsChange> changes) {
        List<NetlinkRequest> requests = changes.stream().map(encoder::change).toList();
        return socket.executeAll(requests).entrySet().stream()
                .map(refused -> new Refusal<>(changes.get(refused.getKey()), refused.getValue()))
                .toList();
    }

    @Override
    public void close() {
        socket.close();
    }
}
