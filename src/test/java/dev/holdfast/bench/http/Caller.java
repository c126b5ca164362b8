package dev.holdfast.bench.http;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// One request after the other on one connection, or on a new one after a long pause: a server
/// closes what is idle.
public final class Caller implements Closeable {

    private static final long PAUSE_SECONDS_MAX = 20;

    private final InetSocketAddress server;
    private SocketChannel channel;
    private long used = System.nanoTime();
    private final HttpReader reader = new HttpReader(HttpReader.Unit.ANSWER);
    private final ByteBuffer received = ByteBuffer.allocateDirect(64 * 1024);
    private final List<Message> answers = new ArrayList<>();
    private final String headers;

    /// @param headers whole lines that every request carries
    public Caller(InetSocketAddress server, String headers) throws IOException {
        this.server = server;
        this.headers = headers;
        channel = open(server);
    }

    private static SocketChannel open(InetSocketAddress server) throws IOException {
        SocketChannel channel = SocketChannel.open(server);
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        return channel;
    }

    /// @throws IOException also when the answer is not one of success
    public Message call(String method, String target, String body) throws IOException {
        Message answer = ask(method, target, body);
        if (answer.status() / 100 != 2) {
            throw new IOException(
                    "%s %s: %d %s (expected: 2xx)"
                            .formatted(method, target, answer.status(), answer.text()));
        }
        return answer;
    }

    /// As [#call], but any answer will do.
    public Message ask(String method, String target, String body) throws IOException {
        String type = body.isEmpty() ? "" : "Content-Type: application/json\r\n";
        return send(Conversation.request(method, target, headers + type, body));
    }

    /// Sends a request as it is.
    public Message send(byte[] request) throws IOException {
        if (System.nanoTime() - used > TimeUnit.SECONDS.toNanos(PAUSE_SECONDS_MAX)) {
            channel.close();
            channel = open(server);
        }
        ByteBuffer out = ByteBuffer.wrap(request);
        while (out.hasRemaining()) {
            channel.write(out);
        }
        while (answers.isEmpty()) {
            received.clear();
            if (channel.read(received) < 0) {
                throw new IOException("the server closed the connection (expected: an answer)");
            }
            received.flip();
            reader.read(received, answers::add);
        }
        used = System.nanoTime();
        return answers.removeFirst();
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
