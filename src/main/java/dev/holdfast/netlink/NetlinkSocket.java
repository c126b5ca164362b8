package dev.holdfast.netlink;

import static dev.holdfast.netlink.LinuxNetlink.NLM_F_ACK;
import static dev.holdfast.netlink.LinuxNetlink.NLM_F_DUMP;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;

/// Exchanges requests and answers with the kernel.
///
/// Several threads may use one socket; their exchanges take place one after the other.
public final class NetlinkSocket implements AutoCloseable {

    private static final Duration TIMEOUT = Duration.ofSeconds(5);
    private static final int DUMP_ATTEMPTS = 8;

    private final Exchange exchange;

    private NetlinkSocket(Exchange exchange) {
        this.exchange = exchange;
    }

    /// A socket of the network namespace this thread is in, with a time limit of five seconds for
    /// each answer.
    public static NetlinkSocket open(NetlinkProtocol protocol) throws NetlinkException {
        return open(protocol, TIMEOUT);
    }

    public static NetlinkSocket open(NetlinkProtocol protocol, Duration timeout)
            throws NetlinkException {
        return over(new KernelTransport(protocol, timeout));
    }

    /// For tests and other carriers.
    public static NetlinkSocket over(NetlinkTransport transport) {
        return new NetlinkSocket(new Exchange(transport));
    }

    /// Sends a request and waits for its acknowledgement.
    ///
    /// @throws NetlinkException when the kernel refuses it, or nothing sensible comes back
    public void execute(NetlinkRequest request) throws NetlinkException {
        get(request, Function.identity());
    }

    /// Sends a request that is answered with data, and gives back what came before the
    /// acknowledgement.
    public <T> List<T> get(NetlinkRequest request, Function<NetlinkMessage, T> decoder)
            throws NetlinkException {
        synchronized (exchange) {
            Answer answer = exchange.ask(request, NLM_F_ACK);
            return decode(request, answer.messages(), decoder);
        }
    }

    /// Sends a request that is answered with a list, which may be empty.
    ///
    /// Where the kernel says that the list changed while it was read, it is read again.
    ///
    /// @throws NetlinkException `EINTR` when it changes every time
    public <T> List<T> dump(NetlinkRequest request, Function<NetlinkMessage, T> decoder)
            throws NetlinkException {
        synchronized (exchange) {
            for (int attempt = 1; attempt <= DUMP_ATTEMPTS; attempt++) {
                Answer answer = exchange.ask(request, NLM_F_DUMP);
                if (!answer.interrupted()) {
                    return decode(request, answer.messages(), decoder);
                }
            }
            throw new NetlinkException(
                    request.operation(),
                    Errno.EINTR,
                    "changed while it was read, " + DUMP_ATTEMPTS + " times in a row");
        }
    }

    /// Sends many requests in few datagrams; the kernel carries them out in their order, one that
    /// is refused does not stop the next.
    ///
    /// When the exchange itself breaks down, what became of the batch under way is unknown, and the
    /// batches after it are not sent: all of these count as refused.
    ///
    /// @return the refused ones by their index, empty when all is well
    public SortedMap<Integer, NetlinkException> executeAll(List<NetlinkRequest> requests) {
        SortedMap<Integer, NetlinkException> refused = new TreeMap<>();
        synchronized (exchange) {
            for (Batch batch : Batch.split(requests)) {
                try {
                    refused.putAll(exchange.askAll(batch));
                } catch (NetlinkException broken) {
                    for (int i = batch.first(); i < requests.size(); i++) {
                        refused.put(i, broken.during(requests.get(i).operation()));
                    }
                    break;
                }
            }
        }
        return refused;
    }

    @Override
    public void close() {
        synchronized (exchange) {
            exchange.close();
        }
    }

    private static <T> List<T> decode(
            NetlinkRequest request,
            List<NetlinkMessage> messages,
            Function<NetlinkMessage, T> decoder)
            throws NetlinkException {
        List<T> decoded = new ArrayList<>(messages.size());
        for (NetlinkMessage message : messages) {
            try {
                decoded.add(decoder.apply(message));
            } catch (IllegalArgumentException e) {
                throw Exchange.notUnderstood(request, e);
            }
        }
        return decoded;
    }
}
