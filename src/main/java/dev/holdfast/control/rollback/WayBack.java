package dev.holdfast.control.rollback;

import dev.holdfast.control.revision.Kind;
import dev.holdfast.wire.Change;
import dev.holdfast.wire.Change.Method;
import dev.holdfast.wire.ResourceChange;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/// The change set that leads from what is to what was, in an order in which it can be made.
///
/// There is no single such order: a range has to come before its VIPs and go after them, and the
/// same holds for a VIP and its services. So there are a few, to be tried in turn.
enum WayBack {
    RANGES_FIRST(true, false),
    RANGES_LAST(false, false),
    RANGES_FIRST_VIPS_GO_EARLY(true, true),
    RANGES_LAST_VIPS_GO_EARLY(false, true);

    private static final TypeReference<Map<String, @Nullable Object>> BODY =
            new TypeReference<>() {};

    private final boolean siteFirst;
    private final boolean vipsGoEarly;

    WayBack(boolean siteFirst, boolean vipsGoEarly) {
        this.siteFirst = siteFirst;
        this.vipsGoEarly = vipsGoEarly;
    }

    /// @param differences before as it is, after as it was
    List<Change> changes(List<ResourceChange> differences, JsonMapper json) {
        List<Change> changes = new ArrayList<>();
        for (Kind kind : List.of(Kind.BACKEND, Kind.SERVICE, Kind.NODE, Kind.HOST)) {
            add(changes, differences, kind, Method.DELETE, json);
        }
        if (vipsGoEarly) {
            add(changes, differences, Kind.VIP, Method.DELETE, json);
        }
        if (siteFirst) {
            add(changes, differences, Kind.SITE, Method.PUT, json);
        }
        for (Kind kind : List.of(Kind.NODE, Kind.HOST, Kind.VIP, Kind.SERVICE)) {
            add(changes, differences, kind, Method.PUT, json);
        }
        if (!vipsGoEarly) {
            add(changes, differences, Kind.VIP, Method.DELETE, json);
        }
        if (!siteFirst) {
            add(changes, differences, Kind.SITE, Method.PUT, json);
        }
        add(changes, differences, Kind.BACKEND, Method.PUT, json);
        add(changes, differences, Kind.MIGRATION, Method.PUT, json);
        addEndedMigrations(changes, differences);
        return changes;
    }

    /// Where a service had no migration then, it was LIVE.
    private static void addEndedMigrations(List<Change> changes, List<ResourceChange> differences) {
        for (ResourceChange one : differences) {
            boolean goesWithItsService =
                    differences.stream()
                            .anyMatch(other ->
                                    other.kind().equals(Kind.SERVICE.name())
                                            && other.name().equals(one.name())
                                            && other.after() == null);
            if (one.kind().equals(Kind.MIGRATION.name())
                    && one.after() == null
                    && !goesWithItsService) {
                Map<String, @Nullable Object> live = new HashMap<>();
                live.put("stage", "LIVE");
                changes.add(new Change(Method.PUT, path(Kind.MIGRATION, one.name()), live, null));
            }
        }
    }

    private static void add(
            List<Change> changes,
            List<ResourceChange> differences,
            Kind kind,
            Method method,
            JsonMapper json) {
        // What moves makes room for what comes.
        for (boolean isThere : new boolean[] {true, false}) {
            for (ResourceChange one : differences) {
                String then = one.after();
                if (one.kind().equals(kind.name())
                        && (one.before() != null) == isThere
                        && (then == null) == (method == Method.DELETE)) {
                    changes.add(
                            new Change(
                                    method,
                                    path(kind, one.name()),
                                    then == null ? null : json.readValue(then, BODY),
                                    null));
                }
            }
        }
    }

    private static String path(Kind kind, String name) {
        return switch (kind) {
            case SITE -> "/";
            case NODE -> "/nodes/" + name;
            case HOST -> "/hosts/" + name;
            case VIP -> "/vips/" + name;
            case SERVICE -> "/services/" + name;
            case BACKEND -> "/services/" + name.replace("/", "/backends/");
            case MIGRATION -> "/services/" + name + "/migration";
        };
    }
}
