package dev.holdfast.agent.filter;

import dev.holdfast.agent.filter.Listing.Line;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// How what somebody else made of the filter differs from what it was.
final class Drift {
    static final String GONE = "filter-gone";
    static final String DELETED = "filter-rule-deleted";
    static final String ADDED = "filter-rule-added";
    static final String EDITED = "filter-rule-edited";
    static final String MOVED = "filter-rule-moved";

    private Drift() {}

    /// How often each kind occurs; empty when the two are the same.
    static Map<String, Long> between(Listing before, Listing now) {
        Map<String, Long> kinds = new TreeMap<>();
        if (before.equals(now)) {
            return kinds;
        }
        if (now.isEmpty()) {
            return Map.of(GONE, 1L);
        }
        List<Line> deleted = without(before.lines(), now.lines());
        List<Line> added = without(now.lines(), before.lines());
        if (deleted.isEmpty() && added.isEmpty()) {
            return Map.of(MOVED, 1L);
        }
        Map<String, Long> addedByKey = new HashMap<>();
        added.forEach(line -> addedByKey.merge(key(line), 1L, Long::sum));
        long edited = 0;
        for (Line line : deleted) {
            if (addedByKey.getOrDefault(key(line), 0L) > 0) {
                addedByKey.merge(key(line), -1L, Long::sum);
                edited++;
            }
        }
        put(kinds, EDITED, edited);
        put(kinds, DELETED, deleted.size() - edited);
        put(kinds, ADDED, added.size() - edited);
        return kinds;
    }

    private static void put(Map<String, Long> kinds, String kind, long count) {
        if (count > 0) {
            kinds.put(kind, count);
        }
    }

    private static String key(Line line) {
        return line.place() + " " + line.mark();
    }

    /// The lines of `all` that `others` has not, a line that stands twice counted twice.
    private static List<Line> without(Collection<Line> all, Collection<Line> others) {
        Map<Line, Integer> left = new HashMap<>();
        others.forEach(line -> left.merge(line, 1, Integer::sum));
        List<Line> rest = new ArrayList<>();
        for (Line line : all) {
            if (left.getOrDefault(line, 0) > 0) {
                left.merge(line, -1, Integer::sum);
            } else {
                rest.add(line);
            }
        }
        return rest;
    }
}
