package dev.holdfast.control.desired;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/// Large states as gzip (RFC 1952), for agents that take it.
final class Gzip {

    /// A delta of one service is not worth it.
    private static final int BYTES_MIN = 4096;

    private Gzip() {}

    /// @param accepted the `Accept-Encoding` header
    static boolean pays(byte[] state, @Nullable String accepted) {
        return state.length >= BYTES_MIN && accepted != null && accepted.contains("gzip");
    }

    static byte[] of(byte[] state) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(state.length / 4);
        try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
            gzip.write(state);
        } catch (IOException e) {
            throw new UncheckedIOException(e); // never: it goes to memory
        }
        return bytes.toByteArray();
    }
}
