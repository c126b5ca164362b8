package dev.holdfast.control.change;

import dev.holdfast.control.problem.Fault;
import dev.holdfast.control.problem.Faults;
import dev.holdfast.control.problem.Problem;
import dev.holdfast.control.problem.Refusal;
import dev.holdfast.control.web.UnreadableBody;
import dev.holdfast.wire.Change;
import dev.holdfast.wire.ChangeSet;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/// Reads a change set, or says all that is wrong with it.
@Component
class ChangeReader {

    private static final int CHANGES_MAX = 10_000;

    private final ChangePaths paths;
    private final JsonMapper json;

    ChangeReader(ChangePaths paths, JsonMapper json) {
        this.paths = paths;
        this.json = json;
    }

    /// @throws Refusal (400) that names each fault by the index of its change
    List<PlannedChange> read(ChangeSet set) {
        List<Change> asked = Objects.requireNonNullElse(set.changes(), List.of());
        Faults faults = new Faults();
        faults.unless(
                !asked.isEmpty() && asked.size() <= CHANGES_MAX,
                "changes",
                asked.size() + " changes",
                "1 to " + CHANGES_MAX);
        faults.refuseIfAny();
        List<PlannedChange> changes = new ArrayList<>(asked.size());
        Map<String, Integer> seen = new HashMap<>();
        for (int i = 0; i < asked.size(); i++) {
            String here = "changes[" + i + "]";
            read(asked.get(i), here, faults).ifPresent(changes::add);
            Integer first = seen.putIfAbsent(path(asked.get(i)), i);
            faults.unless(
                    first == null,
                    here + ".path",
                    asked.get(i).path(),
                    "each resource once; changes[" + first + "] has it already");
        }
        faults.refuseIfAny();
        return changes;
    }

    private Optional<PlannedChange> read(Change change, String here, Faults faults) {
        Change.Method method = change.method();
        if (method == null) {
            faults.add(here + ".method", null, "PUT or DELETE");
        }
        ChangePaths.Match match = match(change, here, faults);
        if (method == null || match == null) {
            return Optional.empty();
        }
        boolean force = Boolean.TRUE.equals(change.force());
        String path = "/" + path(change);
        return switch (method) {
            case PUT -> put(change, path, match, force, here, faults);
            case DELETE -> {
                faults.unless(change.body() == null, here + ".body", "a body", "none: DELETE");
                yield Optional.of(new PlannedChange.Delete(path, match.at(), match.names(), force));
            }
        };
    }

    private ChangePaths.@Nullable Match match(Change change, String here, Faults faults) {
        String expected = "one of " + paths.words();
        if (change.path() == null) {
            faults.add(here + ".path", null, expected);
            return null;
        }
        try {
            Optional<ChangePaths.Match> match = paths.find(path(change));
            if (match.isEmpty()) {
                faults.add(here + ".path", change.path(), expected);
            }
            return match.orElse(null);
        } catch (Refusal noName) {
            Fault fault = noName.faults().getFirst();
            faults.add(here + ".path", fault.found(), fault.expected());
            return null;
        }
    }

    private Optional<PlannedChange> put(
            Change change,
            String path,
            ChangePaths.Match match,
            boolean force,
            String here,
            Faults faults) {
        if (change.body() == null) {
            faults.add(here + ".body", null, "an object, as it would be PUT on its own");
            return Optional.empty();
        }
        return put(path, match.at(), match.names(), change.body(), force, here, faults);
    }

    private <B> Optional<PlannedChange> put(
            String path,
            ChangePath<B> at,
            List<String> names,
            Map<String, @Nullable Object> body,
            boolean force,
            String here,
            Faults faults) {
        try {
            B read = json.treeToValue(json.valueToTree(body), at.body());
            return Optional.of(new PlannedChange.Put<>(path, at, names, read, force));
        } catch (JacksonException e) {
            Refusal refusal = UnreadableBody.explain(e).within(here, here + ".body");
            if (refusal.problem() != Problem.INVALID) {
                throw refusal;
            }
            refusal.faults()
                    .forEach(fault -> faults.add(fault.field(), fault.found(), fault.expected()));
            return Optional.empty();
        }
    }

    /// A path without the slash before it.
    private static String path(Change change) {
        String path = String.valueOf(change.path());
        return path.startsWith("/") ? path.substring(1) : path;
    }
}
