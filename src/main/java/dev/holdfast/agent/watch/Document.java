package dev.holdfast.agent.watch;

import dev.holdfast.client.UnreadableException;
import dev.holdfast.client.WireJson;
import dev.holdfast.wire.Removed;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/// A JSON object under construction from pieces that are JSON already.
final class Document {

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream(1 << 12);

    Document() {
        bytes.write('{');
    }

    /// Starts from the parts of a state that do not hang on its role.
    static Document full(Head head) {
        return of(head, true);
    }

    /// Starts as [#full], of what changed since another state.
    static Document delta(Head head) {
        return of(head, false);
    }

    private static Document of(Head head, boolean full) {
        return new Document()
                .value("site", head.site())
                .value("epoch", head.epoch())
                .value("revision", head.revision())
                .value("full", full)
                .value("reset", false)
                .value("meant", Boolean.TRUE.equals(head.meant()))
                .value("digest", head.digest());
    }

    /// What a delta says is gone.
    static Removed removed(Map<String, byte[]> fields) throws UnreadableException {
        byte[] json = fields.get("removed");
        return json == null
                ? new Removed(null, null, null, null)
                : WireJson.read(json, Removed.class);
    }

    Document value(String field, Object value) {
        return raw(field, WireJson.write(value));
    }

    Document raw(String field, byte[] json) {
        name(field);
        bytes.writeBytes(json);
        return this;
    }

    Document list(String field, List<byte[]> elements) {
        name(field);
        bytes.write('[');
        for (int i = 0; i < elements.size(); i++) {
            if (i > 0) {
                bytes.write(',');
            }
            bytes.writeBytes(elements.get(i));
        }
        bytes.write(']');
        return this;
    }

    byte[] finish() {
        bytes.write('}');
        return bytes.toByteArray();
    }

    private void name(String field) {
        if (bytes.size() > 1) {
            bytes.write(',');
        }
        bytes.writeBytes(("\"" + field + "\":").getBytes(StandardCharsets.UTF_8));
    }
}
