package dev.holdfast.bench.http;

import static java.util.Objects.requireNonNull;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/// Many agents, each on a connection of its own, driven by one thread.
///
/// Of those that have received something, all are read and stamped before any asks again: real
/// agents are machines of their own and do not wait for each other's requests.
public final class Swarm implements Closeable {

    private static final class Line {
        final int agent;
        final SocketChannel channel;
        final Conversation conversation;
        final HttpReader reader;
        byte[] toAsk;

        Line(int agent, SocketChannel channel, Conversation conversation) {
            this.agent = agent;
            this.channel = channel;
            this.conversation = conversation;
            reader = new HttpReader(conversation.unit());
            toAsk = conversation.opening();
        }

        void ask() throws IOException {
            ByteBuffer out = ByteBuffer.wrap(toAsk);
            while (out.hasRemaining()) {
                // A request is far smaller than a socket's buffer: this ends at once.
                if (channel.write(out) == 0) {
                    Thread.onSpinWait();
                }
            }
        }
    }

    private final Selector selector;
    private final List<Line> lines = new ArrayList<>();
    private final ByteBuffer received = ByteBuffer.allocateDirect(256 * 1024);
    private final List<Line> answered = new ArrayList<>();
    private final Thread thread;
    private volatile @Nullable Arrivals expected;
    private volatile @Nullable Exception failure;

    public Swarm(InetSocketAddress server, int agents, IntFunction<Conversation> conversations)
            throws IOException {
        selector = Selector.open();
        for (int agent = 0; agent < agents; agent++) {
            Conversation conversation = conversations.apply(agent);
            SocketChannel channel = SocketChannel.open(server);
            channel.setOption(java.net.StandardSocketOptions.TCP_NODELAY, true);
            Line line = new Line(agent, channel, conversation);
            line.ask();
            channel.configureBlocking(false);
            channel.register(selector, SelectionKey.OP_READ, agent);
            lines.add(line);
        }
        thread = Thread.ofPlatform().name("swarm").daemon().start(this::listen);
    }

    public int size() {
        return lines.size();
    }

    /// To be called before the write that makes the revision.
    public Arrivals expect(long revision) {
        Exception broken = failure;
        if (broken != null) {
            throw new IllegalStateException("a connection broke", broken);
        }
        Arrivals arrivals = new Arrivals(revision, lines.size());
        expected = arrivals;
        return arrivals;
    }

    private void listen() {
        try {
            while (selector.isOpen()) {
                selector.select(this::receive);
                for (Line line : answered) {
                    line.ask();
                }
                answered.clear();
            }
        } catch (IOException | RuntimeException e) {
            if (selector.isOpen()) {
                failure = e;
                e.printStackTrace();
            }
        }
    }

    private void receive(SelectionKey key) {
        Line line = lines.get((Integer) requireNonNull(key.attachment()));
        try {
            int count;
            do {
                received.clear();
                count = line.channel.read(received);
                received.flip();
                line.reader.read(received, message -> heard(line, message));
            } while (count == received.capacity());
            if (count < 0) {
                throw new IOException("the server closed the connection of agent " + line.agent);
            }
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private void heard(Line line, Message message) {
        line.toAsk = line.conversation.hear(message);
        Arrivals arrivals = expected;
        if (arrivals != null) {
            long revision = line.conversation.revision();
            arrivals.heard(line.agent, revision, message, System.nanoTime());
        }
        if (line.toAsk.length > 0) {
            answered.add(line);
        }
    }

    @Override
    public void close() throws IOException {
        selector.close();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        for (Line line : lines) {
            line.channel.close();
        }
    }
}
