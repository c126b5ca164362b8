package dev.holdfast.agent.watch;

import dev.holdfast.client.UnreadableException;
import dev.holdfast.wire.Digest;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;

/// A checksum at the end of a JSON object, as its last field: what the disk damaged is not
/// believed.
final class Seal {

    private static final String CHECKSUM = ",\"checksum\":\"";

    private Seal() {}

    static byte[] sealed(byte[] json) {
        byte[] tail = (CHECKSUM + sum(json) + "\"}").getBytes(StandardCharsets.UTF_8);
        ByteBuffer sealed = ByteBuffer.allocate(json.length - 1 + tail.length);
        return sealed.put(json, 0, json.length - 1).put(tail).array();
    }

    static String sum(byte[] json) {
        return Digest.ofResource("state", "", json).toString();
    }

    /// The object as it was sealed.
    ///
    /// @param file where it stood
    /// @throws UnreadableException when it is damaged
    static byte[] opened(byte[] bytes, Path file) throws UnreadableException {
        // One byte is one char in this charset, so positions are the same in both.
        int mark = new String(bytes, StandardCharsets.ISO_8859_1).lastIndexOf(CHECKSUM);
        byte[] body = Arrays.copyOf(bytes, Math.max(mark, 0) + 1);
        body[body.length - 1] = '}';
        if (mark < 0 || !Arrays.equals(sealed(body), bytes)) {
            throw new UnreadableException(
                    file
                            + ": damaged (expected: "
                            + bytes.length
                            + " bytes that match their checksum)");
        }
        return body;
    }
}
