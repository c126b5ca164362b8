package dev.holdfast.netlink;

import static dev.holdfast.netlink.LinuxNetlink.NLMSG_DONE;
import static dev.holdfast.netlink.LinuxNetlink.NLMSG_ERROR;
import static dev.holdfast.netlink.LinuxNetlink.NLMSG_MIN_TYPE;
import static dev.holdfast.netlink.LinuxNetlink.NLMSG_NOOP;
import static dev.holdfast.netlink.LinuxNetlink.NLMSG_OVERRUN;
import static dev.holdfast.netlink.LinuxNetlink.NLM_F_ACK;
import static dev.holdfast.netlink.LinuxNetlink.NLM_F_DUMP_INTR;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/// Matches answers to requests by their sequence numbers. One exchange at a time.
///
/// An answer to an earlier request, one that was given up, is passed over; an answer to a request
/// that was never made is an error.
final class Exchange {

    private static final System.Logger LOG = System.getLogger("dev.holdfast.netlink");

    private final NetlinkTransport transport;
    private int nextSequence;

    Exchange(NetlinkTransport transport) {
        this(transport, 1);
    }

    Exchange(NetlinkTransport transport, int firstSequence) {
        this.transport = transport;
        this.nextSequence = firstSequence;
    }

    Answer ask(NetlinkRequest request, int flags) throws NetlinkException {
        int sequence = nextSequence++;
        byte[] sent = request.toBytes(flags, sequence);
        try {
            send(sent);
            return collect(request, sent, sequence);
        } catch (NetlinkException e) {
            throw e.operation().equals(request.operation()) ? e : e.during(request.operation());
        } catch (MalformedMessage e) {
            throw notUnderstood(request, e);
        }
    }

    private Answer collect(NetlinkRequest request, byte[] sent, int sequence)
            throws NetlinkException {
        List<NetlinkMessage> data = new ArrayList<>();
        boolean interrupted = false;
        while (true) {
            for (NetlinkMessage message : receive(sequence, sequence)) {
                interrupted |= message.has(NLM_F_DUMP_INTR);
                if (message.type() >= NLMSG_MIN_TYPE) {
                    data.add(message);
                    continue;
                }
                ExtendedAck verdict = ExtendedAck.of(message, sent);
                if (!verdict.isSuccess()) {
                    throw new NetlinkException(request.operation(), verdict);
                }
                return new Answer(data, interrupted);
            }
        }
    }

    /// @return the refused requests by their index among all that are to be sent
    SortedMap<Integer, NetlinkException> askAll(Batch batch) throws NetlinkException {
        int firstSequence = nextSequence;
        nextSequence += batch.requests().size();
        int lastSequence = nextSequence - 1;
        SortedMap<Integer, NetlinkException> refused = new TreeMap<>();
        try {
            send(batch.toBytes(firstSequence));
            while (true) {
                for (NetlinkMessage message : receive(firstSequence, lastSequence)) {
                    if (message.type() >= NLMSG_MIN_TYPE) {
                        continue; // nobody asked for data
                    }
                    int place = message.sequence() - firstSequence;
                    NetlinkRequest request = batch.requests().get(place);
                    ExtendedAck verdict =
                            ExtendedAck.of(message, request.toBytes(NLM_F_ACK, message.sequence()));
                    if (!verdict.isSuccess()) {
                        refused.put(
                                batch.first() + place,
                                new NetlinkException(request.operation(), verdict));
                    }
                    if (message.sequence() == lastSequence) {
                        return refused;
                    }
                }
            }
        } catch (MalformedMessage e) {
            throw new NetlinkException("read answer", Errno.EBADMSG, message(e));
        }
    }

    private void send(byte[] datagram) throws NetlinkException {
        trace("> ", datagram);
        transport.send(datagram);
    }

    /// The next datagram's messages that answer one of these requests: data, `NLMSG_ERROR`,
    /// `NLMSG_DONE`.
    private List<NetlinkMessage> receive(int firstSequence, int lastSequence)
            throws NetlinkException {
        byte[] datagram = transport.receive();
        trace("< ", datagram);
        List<NetlinkMessage> answers = new ArrayList<>();
        for (NetlinkMessage message : NetlinkMessage.split(datagram)) {
            if (message.type() == NLMSG_OVERRUN) {
                throw new NetlinkException("receive", Errno.ENOBUFS, Errno.ENOBUFS.text());
            }
            if (message.type() == NLMSG_NOOP || message.portId() != transport.portId()) {
                continue;
            }
            // Differences, because the numbers may wrap around.
            if (message.sequence() - lastSequence > 0) {
                throw new MalformedMessage(
                        "sequence: "
                                + Integer.toUnsignedString(message.sequence())
                                + " (expected: at most "
                                + Integer.toUnsignedString(lastSequence)
                                + ")");
            }
            if (message.sequence() - firstSequence < 0) {
                continue;
            }
            if (message.type() < NLMSG_MIN_TYPE
                    && message.type() != NLMSG_ERROR
                    && message.type() != NLMSG_DONE) {
                throw new MalformedMessage(
                        "control message: " + message.type() + " (expected: 1 to 4)");
            }
            answers.add(message);
        }
        return answers;
    }

    void close() {
        transport.close();
    }

    static NetlinkException notUnderstood(NetlinkRequest request, IllegalArgumentException e) {
        NetlinkException told =
                new NetlinkException(request.operation(), Errno.EBADMSG, message(e));
        told.initCause(e);
        return told;
    }

    private static String message(IllegalArgumentException e) {
        return e.getMessage() == null ? e.toString() : e.getMessage();
    }

    private static void trace(String direction, byte[] datagram) {
        if (LOG.isLoggable(System.Logger.Level.TRACE)) {
            LOG.log(System.Logger.Level.TRACE, direction + HexFormat.of().formatHex(datagram));
        }
    }
}
