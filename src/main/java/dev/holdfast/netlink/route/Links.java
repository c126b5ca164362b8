package dev.holdfast.netlink.route;

import dev.holdfast.netlink.Errno;
import dev.holdfast.netlink.NetlinkException;
import dev.holdfast.netlink.NetlinkSocket;
import dev.holdfast.netlink.Refusal;
import java.util.List;
import java.util.Optional;

/// The links of a network namespace.
public final class Links {

    private final NetlinkSocket socket;

    Links(NetlinkSocket socket) {
        this.socket = socket;
    }

    /// Links of every kind.
    public List<ObservedLink> list() throws NetlinkException {
        return socket.dump(LinkEncoder.list(), LinkDecoder::decode);
    }

    public Optional<ObservedLink> find(String name) throws NetlinkException {
        try {
            return socket.get(LinkEncoder.get(name), LinkDecoder::decode).stream().findFirst();
        } catch (NetlinkException e) {
            if (e.errno() == Errno.ENODEV) {
                return Optional.empty();
            }
            throw e;
        }
    }

    /// @throws NetlinkException `EEXIST` when the name is taken, or another tunnel has the same
    ///   ends
    public void add(Link link) throws NetlinkException {
        make(new LinkChange.Add(link));
    }

    /// @throws NetlinkException `ENODEV` when there is no such link
    public void up(String name) throws NetlinkException {
        make(new LinkChange.SetState(name, LinkState.UP));
    }

    /// @throws NetlinkException `ENODEV` when there is no such link
    public void down(String name) throws NetlinkException {
        make(new LinkChange.SetState(name, LinkState.DOWN));
    }

    /// @throws NetlinkException `ENODEV` when there is no such link
    public void setMtu(String name, int mtuBytes) throws NetlinkException {
        make(new LinkChange.SetMtu(name, mtuBytes));
    }

    /// @param alias empty takes it away
    /// @throws NetlinkException `ENODEV` when there is no such link
    public void setAlias(String name, String alias) throws NetlinkException {
        make(new LinkChange.SetAlias(name, alias));
    }

    /// @throws NetlinkException `ENODEV` when there is no such link
    public void setGroup(String name, int group) throws NetlinkException {
        make(new LinkChange.SetGroup(name, group));
    }

    /// @throws NetlinkException `ENODEV` when there is no such link
    public void delete(String name) throws NetlinkException {
        make(new LinkChange.Delete(name));
    }

    /// Deletes all links of a group at once, which takes the kernel a fraction of the time that one
    /// by one does.
    ///
    /// @param group not 0, in which all links are that nobody put elsewhere
    /// @throws NetlinkException `ENODEV` when the group is empty
    public void deleteGroup(int group) throws NetlinkException {
        if (group == 0) {
            throw new IllegalArgumentException("link group: 0 (expected: any other number)");
        }
        socket.execute(LinkEncoder.deleteGroup(group));
    }

    private void make(LinkChange change) throws NetlinkException {
        socket.execute(LinkEncoder.change(change));
    }

    /// Makes many changes in their order and in few round trips. A change that the kernel refuses
    /// does not keep the following ones from being made.
    ///
    /// @return the refused ones in their order, empty when all were made
    public List<Refusal<LinkChange>> apply(List<LinkChange> changes) {
        return socket
                .executeAll(changes.stream().map(LinkEncoder::change).toList())
                .entrySet()
                .stream()
                .map(refused -> new Refusal<>(changes.get(refused.getKey()), refused.getValue()))
                .toList();
    }
}
