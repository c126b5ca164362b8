package dev.holdfast.control.history;

import dev.holdfast.wire.ResourceChange;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Writes a changed resource as lines for people: `backend shop/be1: weight 1 → 2`.
@Component
class FieldDiff {

    private final JsonMapper json;

    FieldDiff(JsonMapper json) {
        this.json = json;
    }

    List<String> lines(ResourceChange change) {
        String what = change.kind().toLowerCase(Locale.ROOT) + " " + change.name();
        JsonNode before = read(change.before());
        JsonNode after = read(change.after());
        if (before == null || after == null) {
            return List.of(before == null ? "+ " + what + ": " + after : "- " + what);
        }
        TreeSet<String> names = new TreeSet<>(before.propertyNames());
        names.addAll(after.propertyNames());
        names.remove("revision");
        List<String> lines = new ArrayList<>();
        for (String name : names) {
            if (!Objects.equals(before.get(name), after.get(name))) {
                lines.add(
                        "~ %s: %s %s → %s"
                                .formatted(
                                        what,
                                        name,
                                        shown(before.get(name)),
                                        shown(after.get(name))));
            }
        }
        return lines;
    }

    private @Nullable JsonNode read(@Nullable String document) {
        return document == null ? null : json.readTree(document);
    }

    private static String shown(@Nullable JsonNode value) {
        return value == null
                ? "nothing"
                : value.isString() ? value.stringValue() : value.toString();
    }
}
