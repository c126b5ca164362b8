package dev.holdfast.agent.announce;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A conversation with BIRD on its control socket, as `birdc` has it (BIRD's `doc/reply_codes`).
///
/// A line of an answer begins with its four-digit code and `-`, or with a space when it has the
/// code of the one before; the last has a space after its code. Codes from 8000 are refusals.
final class BirdSocket implements AutoCloseable {

    /// A frozen BIRD must not freeze the agent.
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private static final Pattern CODED = Pattern.compile("(\\d{4})([- ])(.*)");
    private static final int REFUSED = 8000;

    private final SocketChannel channel;
    private final Selector selector;
    private final ByteArrayOutputStream unread = new ByteArrayOutputStream();

    private BirdSocket(SocketChannel channel, Selector selector) {
        this.channel = channel;
        this.selector = selector;
    }

    static BirdSocket open(Path socket) throws BirdException {
        try {
            SocketChannel channel = connect(socket);
            Selector selector = Selector.open();
            channel.register(selector, SelectionKey.OP_READ);
            BirdSocket opened = new BirdSocket(channel, selector);
            opened.answer("greet");
            return opened;
        } catch (IOException e) {
            throw new BirdException(
                    "ask at " + socket,
                    "%s (expected: BIRD runs, and this is its control socket)"
                            .formatted(e.getMessage()));
        }
    }

    static boolean isHeld(Path socket) {
        try (SocketChannel _ = connect(socket)) {
            return true;
        } catch (SocketTimeoutException full) {
            return true;
        } catch (IOException nobody) {
            return false;
        }
    }

    /// Without waiting: callers that a frozen BIRD did not take up queue, and a full queue would
    /// hold the next one for good.
    private static SocketChannel connect(Path socket) throws IOException {
        SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
        try {
            channel.configureBlocking(false);
            if (!channel.connect(UnixDomainSocketAddress.of(socket))) {
                throw new SocketTimeoutException("no answer, and its queue is full");
            }
            return channel;
        } catch (IOException e) {
            channel.close();
            throw e;
        }
    }

    /// @param command as one types it into `birdc`
    /// @return the lines of the answer without their codes
    List<String> ask(String command) throws BirdException {
        try {
            ByteBuffer bytes = ByteBuffer.wrap((command + "\n").getBytes(UTF_8));
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            return answer(command);
        } catch (IOException e) {
            throw new BirdException("birdc " + command, String.valueOf(e.getMessage()));
        }
    }

    private List<String> answer(String command) throws IOException, BirdException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        List<String> lines = new ArrayList<>();
        while (true) {
            String line = line(command, end);
            Matcher coded = CODED.matcher(line);
            if (!coded.matches()) {
                lines.add(line.isEmpty() ? line : line.substring(1));
                continue;
            }
            lines.add(String.valueOf(coded.group(3)));
            if (" ".equals(coded.group(2))) {
                if (Integer.parseInt(String.valueOf(coded.group(1))) >= REFUSED) {
                    throw new BirdException("birdc " + command, String.join("; ", lines));
                }
                return lines;
            }
        }
    }

    private String line(String command, long end) throws IOException, BirdException {
        ByteBuffer buffer = ByteBuffer.allocate(8192);
        while (true) {
            byte[] sofar = unread.toByteArray();
            for (int i = 0; i < sofar.length; i++) {
                if (sofar[i] == '\n') {
                    unread.reset();
                    unread.write(sofar, i + 1, sofar.length - i - 1);
                    return new String(sofar, 0, i, UTF_8);
                }
            }
            long left = Duration.ofNanos(end - System.nanoTime()).toMillis();
            if (left <= 0) {
                throw new BirdException(
                        "birdc " + command,
                        "no answer (expected: one within " + PATIENCE.toSeconds() + " s)");
            }
            selector.select(left);
            selector.selectedKeys().clear();
            buffer.clear();
            if (channel.read(buffer) < 0) {
                throw new IOException("BIRD hung up");
            }
            unread.write(buffer.array(), 0, buffer.position());
        }
    }

    @Override
    public void close() {
        try {
            selector.close();
            channel.close();
        } catch (IOException ignored) {
            // Nothing more is wanted of it.
        }
    }
}
