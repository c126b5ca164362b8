package dev.holdfast.netlink.route;

import dev.holdfast.netlink.Errno;
import dev.holdfast.netlink.NetlinkException;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/// The numbers the kernel has for links. Nothing is kept: a number may become another link's.
final class LinkIndexes {

    private static final int ASKED_ONE_BY_ONE = 4;

    private final Links links;

    LinkIndexes(Links links) {
        this.links = links;
    }

    /// Names by number.
    Map<Integer, String> names() throws NetlinkException {
        Map<Integer, String> names = new HashMap<>();
        links.list().forEach(link -> names.put(link.index(), link.name()));
        return names;
    }

    /// Numbers by name, of those that exist.
    Map<String, Integer> of(Set<String> names) throws NetlinkException {
        Map<String, Integer> indexes = new HashMap<>();
        if (names.size() > ASKED_ONE_BY_ONE) {
            links.list().forEach(link -> indexes.put(link.name(), link.index()));
            return indexes;
        }
        for (String name : names) {
            links.find(name).ifPresent(link -> indexes.put(name, link.index()));
        }
        return indexes;
    }

    /// @throws NetlinkException `ENODEV` when there is no such link
    static int index(Map<String, Integer> indexes, String name, String operation)
            throws NetlinkException {
        Integer index = indexes.get(name);
        if (index == null) {
            throw new NetlinkException(
                    operation, Errno.ENODEV, "link " + name + ": " + Errno.ENODEV.text());
        }
        return index;
    }
}
