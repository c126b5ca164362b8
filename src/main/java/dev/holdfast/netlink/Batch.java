package dev.holdfast.netlink;

import static dev.holdfast.netlink.LinuxNetlink.NLM_F_ACK;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/// Requests that travel in one datagram.
///
/// Only the last one asks for an acknowledgement. The kernel carries a datagram out in order and
/// answers each refused request at once, so the last one's answer says that all before it are done,
/// and those it did not name went well.
///
/// @param first index of the first request among all that were to be sent
/// @param requests one or more
record Batch(int first, List<NetlinkRequest> requests) {

    // A refusal takes about a kilobyte of the socket's receive queue (212,992 bytes by default).
    static final int MAX_REQUESTS = 128;
    // Far below the limit that the send queue sets (the same number of bytes).
    static final int MAX_BYTES = 32 * 1024;

    static List<Batch> split(List<NetlinkRequest> requests) {
        List<Batch> batches = new ArrayList<>();
        int first = 0;
        int bytes = 0;
        for (int i = 0; i < requests.size(); i++) {
            int length = requests.get(i).length();
            if (i > first && (i - first == MAX_REQUESTS || bytes + length > MAX_BYTES)) {
                batches.add(new Batch(first, requests.subList(first, i)));
                first = i;
                bytes = 0;
            }
            bytes += length;
        }
        if (first < requests.size()) {
            batches.add(new Batch(first, requests.subList(first, requests.size())));
        }
        return batches;
    }

    /// @param firstSequence that of the first request, the others count on from there
    byte[] toBytes(int firstSequence) {
        int bytes = requests.stream().mapToInt(NetlinkRequest::length).sum();
        ByteBuffer datagram = ByteBuffer.allocate(bytes).order(ByteOrder.nativeOrder());
        for (int i = 0; i < requests.size(); i++) {
            int flags = i == requests.size() - 1 ? NLM_F_ACK : 0;
            requests.get(i).writeTo(datagram, flags, firstSequence + i);
        }
        return datagram.array();
    }
}
