package dev.holdfast.control.rollback;

import dev.holdfast.wire.ResourceChange;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// Tells what a person asked for in a resource from what was given out or observed: only the first
/// can be put back.
@Component
class Content {

    private static final Set<String> NOT_ASKED_FOR =
            Set.of(
                    "revision",
                    "epoch",
                    "ordinal",
                    "serving",
                    "health",
                    "tunnelAddresses",
                    "maintenance",
                    "observed",
                    "realPercent",
                    "legacy",
                    "backendWeight",
                    "forwards");

    private final JsonMapper json;

    Content(JsonMapper json) {
        this.json = json;
    }

    boolean differs(ResourceChange change) {
        JsonNode before = asked(change.before());
        JsonNode after = asked(change.after());
        return before == null ? after != null : !before.equals(after);
    }

    private @Nullable JsonNode asked(@Nullable String document) {
        if (document == null) {
            return null;
        }
        ObjectNode node = (ObjectNode) json.readTree(document);
        return node.remove(NOT_ASKED_FOR);
    }
}
