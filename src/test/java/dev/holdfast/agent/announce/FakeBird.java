package dev.holdfast.agent.announce;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.holdfast.agent.tool.Tool;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/// A BIRD that behaves, at its control socket: it has the routes that its file had when it last
/// read it, and one session that carries them. What a real one said can be put in place of its
/// answers.
public final class FakeBird implements AutoCloseable {

    private static final VipRoutes NOTHING = VipRoutes.parse("");

    private final BirdFiles files;
    private final ServerSocketChannel server;
    private final Map<String, String> recorded = new ConcurrentHashMap<>();
    private volatile VipRoutes loaded = NOTHING;

    /// @param directory an empty one, for its socket and its files
    public FakeBird(Path directory) {
        files =
                new BirdFiles(
                        directory.resolve("vips.conf"),
                        directory.resolve("bird.conf"),
                        directory.resolve("bird.ctl"));
        try {
            server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
            server.bind(UnixDomainSocketAddress.of(files.socket()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread.ofVirtual().start(this::serve);
    }

    public BirdFiles files() {
        return files;
    }

    /// What the agent's doctor reads of it.
    public BirdReading reading() {
        return BirdReading.of(bird());
    }

    /// As [#reading], where `bird -p` does not take the configuration.
    public BirdReading readingWithABadConfiguration() {
        return BirdReading.of(new Bird(files, new Tool("false", "coreutils")));
    }

    Bird bird() {
        return new Bird(files, new Tool("true", "coreutils"));
    }

    /// What it announces.
    VipRoutes loaded() {
        return loaded;
    }

    /// Answers from now on as the real one of that recording did.
    ///
    /// @param recording of `src/test/resources/bird`
    public void play(String recording) {
        try (var text =
                Objects.requireNonNull(
                        FakeBird.class.getResourceAsStream("/bird/" + recording + ".txt"))) {
            for (String block : new String(text.readAllBytes(), UTF_8).split(">>> ", -1)) {
                int end = block.indexOf('\n');
                if (end > 0) {
                    recorded.put(block.substring(0, end), block.substring(end + 1));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Answers one command so from now on, with codes.
    public void say(String command, String... lines) {
        recorded.put(command, String.join("\n", lines) + "\n");
    }

    private void serve() {
        while (server.isOpen()) {
            try {
                SocketChannel caller = server.accept();
                Thread.ofVirtual().start(() -> converse(caller));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void converse(SocketChannel caller) {
        try (caller;
                BufferedReader commands = new BufferedReader(Channels.newReader(caller, UTF_8))) {
            write(caller, "0001 BIRD 2.0.12 ready.\n");
            String command = commands.readLine();
            while (command != null) {
                String known = recorded.get(command);
                write(caller, known == null ? answer(command) : known);
                command = commands.readLine();
            }
        } catch (IOException hungUp) {
            // The agent asks no more.
        }
    }

    private static void write(SocketChannel caller, String text) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(UTF_8));
        while (bytes.hasRemaining()) {
            caller.write(bytes);
        }
    }

    private String answer(String command) throws IOException {
        return switch (command) {
            case "configure" -> {
                loaded = VipRoutes.parse(Files.readString(files.routes()));
                yield "0002-Reading configuration\n0003 Reconfigured\n";
            }
            case "show protocols" ->
                    """
                    1002-router4    BGP        ---        up     19:23:25.351  Established  \s
                    0000\s
                    """;
            case "show route protocol holdfast_vips4", "show route export router4" ->
                    loaded.addresses().stream()
                                    .map(vip ->
                                            "1007-%s/32 blackhole [holdfast_vips4 19:23:25.351] * (200)\n"
                                                    .formatted(vip))
                                    .collect(Collectors.joining())
                            + "0000 \n";
            case "show route protocol holdfast_vips6" -> "0000 \n";
            default -> "9001 syntax error\n";
        };
    }

    @Override
    public void close() {
        try {
            server.close();
            Files.deleteIfExists(files.socket());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
