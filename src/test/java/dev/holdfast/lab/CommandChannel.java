package dev.holdfast.lab;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.ConcurrentLinkedDeque;

/// Runs shell scripts in the guest through its forwarded port; the other end is
/// `lab/guest/commands`. Connections are kept for the next script, so that one costs about 40 ms;
/// many may run side by side.
final class CommandChannel {
    private static final Duration ANSWER_SLACK = Duration.ofSeconds(30);

    private final int port;
    private final ConcurrentLinkedDeque<Connection> idle = new ConcurrentLinkedDeque<>();

    CommandChannel(int port) {
        this.port = port;
    }

    Output run(String namespace, String script, Duration limit) throws IOException {
        Connection connection = idle.pollFirst();
        if (connection == null) {
            connection = new Connection(port);
        }
        try {
            Output output = connection.run(namespace, script, limit);
            idle.addFirst(connection);
            return output;
        } catch (IOException e) {
            connection.socket.close();
            throw e;
        }
    }

    private static final class Connection {
        private final Socket socket = new Socket();
        private final InputStream answers;

        Connection(int port) throws IOException {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 5_000);
            socket.setTcpNoDelay(true);
            answers = new BufferedInputStream(socket.getInputStream());
        }

        Output run(String namespace, String script, Duration limit) throws IOException {
            byte[] body = script.getBytes(StandardCharsets.UTF_8);
            String header = "%s %d %d\n".formatted(namespace, limit.toSeconds(), body.length);
            socket.setSoTimeout((int) limit.plus(ANSWER_SLACK).toMillis());
            byte[] request = new byte[header.length() + body.length];
            System.arraycopy(
                    header.getBytes(StandardCharsets.US_ASCII), 0, request, 0, header.length());
            System.arraycopy(body, 0, request, header.length(), body.length);
            socket.getOutputStream().write(request);

            String[] sizes = line().split(" ", -1);
            return new Output(
                    Integer.parseInt(sizes[0]),
                    text(Integer.parseInt(sizes[1])),
                    text(Integer.parseInt(sizes[2])));
        }

        private String line() throws IOException {
            StringBuilder line = new StringBuilder();
            for (int next = answers.read(); next != '\n'; next = answers.read()) {
                if (next < 0) {
                    throw new EOFException("the guest closed the command channel");
                }
                line.append((char) next);
            }
            return line.toString();
        }

        private String text(int length) throws IOException {
            byte[] bytes = new byte[length];
            new DataInputStream(answers).readFully(bytes);
            return new String(bytes, StandardCharsets.UTF_8);
        }
    }
}
