package dev.holdfast.netlink.route;

import dev.holdfast.netlink.NetlinkException;
import dev.holdfast.netlink.NetlinkRequest;
import dev.holdfast.netlink.NetlinkSocket;
import dev.holdfast.netlink.Refusal;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/// Changes that name links: one that names a link which is not there is refused before it is sent.
final class LinkedBatch {

    interface Encoder<C> {
        NetlinkRequest encode(C change) throws NetlinkException;
    }

    private LinkedBatch() {}

    static <C> List<Refusal<C>> execute(NetlinkSocket socket, List<C> changes, Encoder<C> encoder) {
        TreeMap<Integer, NetlinkException> refused = new TreeMap<>();
        List<NetlinkRequest> requests = new ArrayList<>();
        List<Integer> places = new ArrayList<>();
        for (int i = 0; i < changes.size(); i++) {
            try {
                requests.add(encoder.encode(changes.get(i)));
                places.add(i);
            } catch (NetlinkException e) {
                refused.put(i, e);
            }
        }
        socket.executeAll(requests).forEach((i, error) -> refused.put(places.get(i), error));
        return refused.entrySet().stream()
                .map(entry -> new Refusal<>(changes.get(entry.getKey()), entry.getValue()))
                .toList();
    }
}
