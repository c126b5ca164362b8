package dev.holdfast.control.console;

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
import tools.jackson.databind.node.JsonNodeFactory;

/// Changed resources, field by field.
@Component
class Differences {

    private static final String NOTHING = "–";

    private final JsonMapper json;

    Differences(JsonMapper json) {
        this.json = json;
    }

    List<Difference> of(List<ResourceChange> changes) {
        return changes.stream().map(this::of).toList();
    }

    private Difference of(ResourceChange change) {
        JsonNode before = read(change.before());
        JsonNode after = read(change.after());
        TreeSet<String> names = new TreeSet<>(before.propertyNames());
        names.addAll(after.propertyNames());
        names.remove("revision"); // differs always, and says nothing
        List<Field> fields = new ArrayList<>();
        for (String name : names) {
            if (!Objects.equals(before.get(name), after.get(name))) {
                fields.add(new Field(name, shown(before.get(name)), shown(after.get(name))));
            }
        }
        String what = change.kind().toLowerCase(Locale.ROOT) + " " + change.name();
        String verb =
                change.before() == null ? "added" : change.after() == null ? "removed" : "changed";
        return new Difference(what, verb, fields);
    }

    private JsonNode read(@Nullable String document) {
        return document == null ? JsonNodeFactory.instance.objectNode() : json.readTree(document);
    }

    private static String shown(@Nullable JsonNode value) {
        if (value == null || value.isNull()) {
            return NOTHING;
        }
        return value.isString() ? value.stringValue() : value.toString();
    }

    /// One resource.
    ///
    /// @param what such as `backend shop/be1`
    /// @param verb added, changed or removed
    record Difference(String what, String verb, List<Field> fields) {}

    /// One field, before and after.
    record Field(String name, String before, String after) {}
}
