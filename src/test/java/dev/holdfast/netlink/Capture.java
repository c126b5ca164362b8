package dev.holdfast.netlink;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;

/// What a known tool and a real kernel said to each other, from `src/test/resources/netlink`.
///
/// @param command the tool's command line
public record Capture(String command, List<Exchange> exchanges) {

    /// A request and its answers, all as datagrams.
    public static final class Exchange {

        private final byte[] request;
        private final List<byte[]> answers = new ArrayList<>();

        private Exchange(byte[] request) {
            this.request = request;
        }

        public List<byte[]> answers() {
            return Collections.unmodifiableList(answers);
        }

        /// The answers as if they were to this request.
        public List<byte[]> answersTo(NetlinkMessage toRequest) {
            return answers.stream().map(answer -> readdressed(answer, toRequest)).toList();
        }

        private static byte[] readdressed(byte[] datagram, NetlinkMessage toRequest) {
            ByteBuffer bytes = ByteBuffer.wrap(datagram.clone()).order(ByteOrder.nativeOrder());
            for (int start = 0; start < datagram.length; ) {
                bytes.putInt(start + 8, toRequest.sequence());
                bytes.putInt(start + 12, ScriptedKernel.PORT_ID);
                start += LinuxNetlink.align(bytes.getInt(start));
            }
            return bytes.array();
        }
    }

    /// @param name the section's, whose first word is the file's
    public static Capture of(String name) {
        String file = "/netlink/" + name.substring(0, name.indexOf('-')) + ".hex";
        String command = "";
        List<Exchange> exchanges = new ArrayList<>();
        boolean found = false;
        for (String line : read(file).lines().toList()) {
            if (line.startsWith("== ")) {
                found = line.equals("== " + name);
            } else if (found && line.startsWith("# ")) {
                command = line.substring(2);
            } else if (found && line.startsWith("> ")) {
                exchanges.add(new Exchange(bytes(line)));
            } else if (found && line.startsWith("< ")) {
                exchanges.getLast().answers.add(bytes(line));
            }
        }
        if (exchanges.isEmpty()) {
            throw new IllegalArgumentException(file + ": no section " + name);
        }
        return new Capture(command, exchanges);
    }

    /// The only request.
    public NetlinkMessage request() {
        return NetlinkMessage.split(exchanges.getFirst().request).getFirst();
    }

    private static byte[] bytes(String line) {
        return HexFormat.of().parseHex(line, 2, line.length());
    }

    private static String read(String file) {
        try (InputStream stream = Capture.class.getResourceAsStream(file)) {
            if (stream == null) {
                throw new IllegalArgumentException("no resource " + file);
            }
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
