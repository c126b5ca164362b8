package dev.holdfast.netlink.route;

import static java.util.stream.Collectors.toSet;

import dev.holdfast.netlink.AddressFamily;
import dev.holdfast.netlink.NetlinkException;
import dev.holdfast.netlink.NetlinkSocket;
import dev.holdfast.netlink.Refusal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The addresses of a network namespace's links.
public final class Addresses {

    private final NetlinkSocket socket;
    private final LinkIndexes indexes;

    Addresses(NetlinkSocket socket, LinkIndexes indexes) {
        this.socket = socket;
        this.indexes = indexes;
    }

    /// Addresses of both families, of all links.
    public List<InterfaceAddress> list() throws NetlinkException {
        return list(0);
    }

    /// Addresses of both families.
    ///
    /// @throws NetlinkException `ENODEV` when there is no such link
    public List<InterfaceAddress> list(String link) throws NetlinkException {
        return list(LinkIndexes.index(indexes.of(Set.of(link)), link, "list addresses on " + link));
    }

    private List<InterfaceAddress> list(int linkIndex) throws NetlinkException {
        List<AddressCodec.Numbered> found = new ArrayList<>();
        for (AddressFamily family : AddressFamily.values()) {
            found.addAll(socket.dump(AddressCodec.list(family, linkIndex), AddressCodec::decode));
        }
        Map<Integer, String> names = indexes.names();
        return found.stream()
                .map(address -> address.named(names))
                .flatMap(Optional::stream)
                .toList();
    }

    /// @throws NetlinkException `ENODEV` when there is no such link, `EEXIST` when it has the
    ///   address
    public void add(InterfaceAddress address) throws NetlinkException {
        make(new AddressChange.Add(address));
    }

    /// @throws NetlinkException `ENODEV` when there is no such link, `EADDRNOTAVAIL` when it has no
    ///   such address
    public void delete(InterfaceAddress address) throws NetlinkException {
        make(new AddressChange.Delete(address));
    }

    private void make(AddressChange change) throws NetlinkException {
        for (Refusal<AddressChange> refusal : apply(List.of(change))) {
            throw refusal.error();
        }
    }

    /// Makes many changes in their order and in few round trips. A change that the kernel refuses
    /// does not keep the following ones from being made.
    ///
    /// @return the refused ones in their order, empty when all were made
    /// @throws NetlinkException when the links cannot be read
    public List<Refusal<AddressChange>> apply(List<AddressChange> changes) throws NetlinkException {
        Map<String, Integer> numbers =
                indexes.of(
                        changes.stream().map(change -> change.address().link()).collect(toSet()));
        return LinkedBatch.execute(
                socket,
                changes,
                change ->
                        AddressCodec.encode(
                                change,
                                LinkIndexes.index(
                                        numbers,
                                        change.address().link(),
                                        AddressCodec.describe(change))));
    }
}
