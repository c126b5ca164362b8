package dev.holdfast.control.desired;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

/// Puts together a state out of pieces that were written before.
final class StateWriter {

    private final ByteArrayOutputStream out = new ByteArrayOutputStream(1024);

    /// Begins with what every answer has.
    ///
    /// @param verdict DELTA, FULL or RESET
    StateWriter(SiteView view, Verdict verdict) {
        // Names, epochs and numbers have no character that JSON would escape.
        raw("{\"site\":\"" + view.head().site() + "\",\"epoch\":\"" + view.epoch() + "\"");
        raw(",\"revision\":" + view.revision());
        raw(",\"full\":" + (verdict != Verdict.DELTA) + ",\"reset\":" + (verdict == Verdict.RESET));
    }

    /// @param json `true`, a number, a quoted name or an object
    StateWriter field(String name, String json) {
        raw(",\"" + name + "\":" + json);
        return this;
    }

    StateWriter field(String name, byte[] json) {
        raw(",\"" + name + "\":");
        out.writeBytes(json);
        return this;
    }

    StateWriter members(Piece piece) {
        out.write(',');
        piece.writeMembersTo(out);
        return this;
    }

    StateWriter list(String name, Collection<Piece> pieces) {
        raw(",\"" + name + "\":[");
        Iterator<Piece> each = pieces.iterator();
        while (each.hasNext()) {
            each.next().writeTo(out);
            if (each.hasNext()) {
                out.write(',');
            }
        }
        out.write(']');
        return this;
    }

    StateWriter listUnlessEmpty(String name, Collection<Piece> pieces) {
        return pieces.isEmpty() ? this : list(name, pieces);
    }

    /// @param namesByKind kinds without a name are left out, as is all of it when nothing is gone
    StateWriter removed(Map<String, List<String>> namesByKind) {
        StringBuilder removed = new StringBuilder();
        namesByKind.forEach((kind, names) -> {
            if (!names.isEmpty()) {
                removed.append(removed.isEmpty() ? "" : ",");
                removed.append('"').append(kind).append("\":[\"");
                removed.append(String.join("\",\"", names)).append("\"]");
            }
        });
        return removed.isEmpty() ? this : field("removed", "{" + removed + "}");
    }

    /// All but the closing brace, so that more can be joined to it.
    byte[] unclosed() {
        return out.toByteArray();
    }

    byte[] closed() {
        out.write('}');
        return out.toByteArray();
    }

    private void raw(String text) {
        out.writeBytes(text.getBytes(StandardCharsets.UTF_8));
    }
}
