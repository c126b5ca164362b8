package dev.holdfast.bench.http;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.zip.GZIPInputStream;

/// A whole answer, or one line of an answer that goes on.
public final class Message {

    private final int status;
    private final String head;
    private final byte[] content;
    private final long wireBytes;

    /// @param head status line and header lines as they came
    /// @param content the body as it came, without its framing
    /// @param wireBytes all that was received for it: head, framing, body
    Message(int status, String head, byte[] content, long wireBytes) {
        this.status = status;
        this.head = head;
        this.content = content;
        this.wireBytes = wireBytes;
    }

    public int status() {
        return status;
    }

    public long wireBytes() {
        return wireBytes;
    }

    /// The length of the body as it came, without its framing.
    public int contentBytes() {
        return content.length;
    }

    /// The body, unpacked if it came packed.
    public byte[] body() {
        if (!header("content-encoding").orElse("").equalsIgnoreCase("gzip")) {
            return content;
        }
        try (GZIPInputStream unpacked = new GZIPInputStream(new ByteArrayInputStream(content))) {
            return unpacked.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public String text() {
        return new String(body(), StandardCharsets.UTF_8);
    }

    /// A header by its name in small letters.
    public Optional<String> header(String name) {
        return head.lines()
                .filter(line -> line.toLowerCase(Locale.ROOT).startsWith(name + ":"))
                .map(line -> line.substring(name.length() + 1).trim())
                .findFirst();
    }

    /// The number after the first `"name":`, which may stand in quotes; found without a parser,
    /// since a thousand of these are read while the clock runs.
    public long number(String name) {
        byte[] body = body();
        byte[] key = ("\"" + name + "\":").getBytes(StandardCharsets.UTF_8);
        for (int at = 0; at + key.length < body.length; at++) {
            if (Arrays.equals(body, at, at + key.length, key, 0, key.length)) {
                return digits(body, at + key.length);
            }
        }
        throw new IllegalStateException("no \"" + name + "\" in: " + status + " " + text());
    }

    private static long digits(byte[] body, int from) {
        int at = body[from] == '"' ? from + 1 : from;
        long number = 0;
        for (; at < body.length && body[at] >= '0' && body[at] <= '9'; at++) {
            number = 10 * number + (body[at] - '0');
        }
        return number;
    }
}
