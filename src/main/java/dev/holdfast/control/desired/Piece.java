package dev.holdfast.control.desired;

import dev.holdfast.wire.Digest;
import java.io.ByteArrayOutputStream;

/// One resource as it travels: its JSON without white space, and the hash of that.
final class Piece {

    private final byte[] json;
    private final Digest hash;

    /// @param kind as [Digest] counts it, such as `service`
    Piece(String kind, String name, byte[] json) {
        this.json = json;
        this.hash = Digest.ofResource(kind, name, json);
    }

    Digest hash() {
        return hash;
    }

    void writeTo(ByteArrayOutputStream out) {
        out.writeBytes(json);
    }

    /// Its members only, so that they can stand among others.
    void writeMembersTo(ByteArrayOutputStream out) {
        out.write(json, 1, json.length - 2);
    }
}
