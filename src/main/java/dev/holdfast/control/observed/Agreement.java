package dev.holdfast.control.observed;

import dev.holdfast.wire.TableDifference;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Who has the same tables as the others (SAME-TABLE): compared, not assumed.
///
/// Tables of the same revision must be the same. Of different revisions they may differ, so that
/// says nothing; but when they are the same, they agree whatever the revisions.
final class Agreement {

    /// What one node said.
    ///
    /// @param digest of all its tables; see [Tables#digest]
    record Voice(String node, long revision, String digest) {}

    /// What is to be said of one node.
    ///
    /// @param differs the services in which it differs from most others; none: it agrees
    record Verdict(List<TableDifference> differs) {

        static final Verdict AGREES = new Verdict(List.of());

        boolean agrees() {
            return differs.isEmpty();
        }
    }

    private final List<Voice> voices;
    private final Function<Set<String>, Map<String, Tables>> details;
    private final Map<String, Verdict> byNode = new HashMap<>();

    private Agreement(List<Voice> voices, Function<Set<String>, Map<String, Tables>> details) {
        this.voices = voices;
        this.details = details;
    }

    /// Whether each node agrees with most others; those of which nothing can be said are left out.
    ///
    /// @param voices nodes that run a revision of the site's epoch
    /// @param details finds the tables of some nodes; asked only when they differ
    static Map<String, Verdict> of(
            List<Voice> voices, Function<Set<String>, Map<String, Tables>> details) {
        Agreement agreement = new Agreement(voices, details);
        voices.stream()
                .collect(Collectors.groupingBy(Voice::revision))
                .values()
                .forEach(agreement::compare);
        return agreement.byNode;
    }

    private void compare(List<Voice> sameRevision) {
        long different = sameRevision.stream().map(Voice::digest).distinct().count();
        if (different > 1) {
            vote(details.apply(names(sameRevision)));
        } else if (sameRevision.size() > 1 || hasCompany(sameRevision.getFirst())) {
            sameRevision.forEach(voice -> byNode.put(voice.node(), Verdict.AGREES));
        }
    }

    /// Whether a node that is alone at its revision has the tables of another, or is alone at all.
    private boolean hasCompany(Voice alone) {
        return voices.size() == 1
                || voices.stream()
                        .filter(voice -> voice.digest().equals(alone.digest()))
                        .anyMatch(voice -> !voice.equals(alone));
    }

    private static Set<String> names(List<Voice> voices) {
        return voices.stream().map(Voice::node).collect(Collectors.toSet());
    }

    /// Service by service, since the one that differs in one may be right in another.
    private void vote(Map<String, Tables> byName) {
        Map<String, List<TableDifference>> differs = new HashMap<>();
        byName.keySet().forEach(node -> differs.put(node, new ArrayList<>()));
        Set<String> services = new TreeSet<>();
        byName.values().forEach(tables -> services.addAll(tables.byService().keySet()));
        for (String service : services) {
            Map<String, List<String>> nodesByTable = new HashMap<>();
            byName.forEach((node, tables) ->
                    nodesByTable
                            .computeIfAbsent(
                                    tables.byService().getOrDefault(service, "none"),
                                    _ -> new ArrayList<>())
                            .add(node));
            for (List<String> nodes : nodesByTable.values()) {
                if (2 * nodes.size() <= byName.size()) {
                    nodes.forEach(node ->
                            Objects.requireNonNull(differs.get(node))
                                    .add(difference(service, byName.get(node))));
                }
            }
        }
        differs.forEach((node, found) -> byNode.put(node, new Verdict(found)));
    }

    private static TableDifference difference(String service, @Nullable Tables tables) {
        int slots = tables == null ? 0 : tables.differing().getOrDefault(service, 0);
        return new TableDifference(service, slots);
    }
}
