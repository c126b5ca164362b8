package dev.holdfast.agent.report;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.Map;
import java.util.Objects;

/// Hosts that look into the UDP packets of their tunnels, to see which flow came to whom. Costs
/// nothing on the load balancer, unlike a look at its connections.
final class Backends implements AutoCloseable {

    private static final int GUE = 6080;
    private static final int FOU = 5555;
    private static final int FOU6 = 5556;
    private static final int PATIENCE_MILLIS = 20_000;

    /// A client's end.
    record Flow(InetAddress client, int port) {}

    private record Listener(int host, int port) {}

    private final Selector selector;

    private Backends(Selector selector) {
        this.selector = selector;
    }

    /// In the network namespace of this thread, which has their addresses.
    static Backends open(int hosts) throws IOException {
        Selector selector = Selector.open();
        for (int host = 0; host < hosts; host++) {
            for (int port : new int[] {GUE, FOU, FOU6}) {
                DatagramChannel channel =
                        DatagramChannel.open(StandardProtocolFamily.INET)
                                .bind(new InetSocketAddress(address(host), port));
                channel.configureBlocking(false);
                channel.register(selector, SelectionKey.OP_READ, new Listener(host, port));
            }
        }
        return new Backends(selector);
    }

    static String address(int host) {
        return "10.3." + host + ".2";
    }

    /// Takes that many packets, or fewer when no more come.
    void take(int packets, Map<Flow, Integer> into) throws IOException {
        ByteBuffer packet = ByteBuffer.allocate(2048);
        int taken = 0;
        while (taken < packets && selector.select(PATIENCE_MILLIS) > 0) {
            for (SelectionKey key : selector.selectedKeys()) {
                Listener listener = (Listener) Objects.requireNonNull(key.attachment());
                DatagramChannel channel = (DatagramChannel) key.channel();
                while (channel.receive(packet.clear()) != null) {
                    into.put(inner(listener, packet.flip()), listener.host());
                    taken++;
                }
            }
            selector.selectedKeys().clear();
        }
    }

    private static Flow inner(Listener listener, ByteBuffer packet) throws IOException {
        // The low five bits of the first byte are the length of GUE's options, in words.
        int at = listener.port() == GUE ? 4 + 4 * (packet.get(0) & 0x1f) : 0;
        boolean six = packet.get(at) >> 4 == 6;
        byte[] client = new byte[six ? 16 : 4];
        packet.get(at + (six ? 8 : 12), client);
        int header = six ? 40 : 4 * (packet.get(at) & 0xf);
        return new Flow(
                InetAddress.getByAddress(client),
                Short.toUnsignedInt(packet.getShort(at + header)));
    }

    @Override
    public void close() throws IOException {
        for (SelectionKey key : selector.keys()) {
            key.channel().close();
        }
        selector.close();
    }
}
