package dev.holdfast.control.desired;

import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.pcollections.HashTreePMap;
import org.pcollections.HashTreePSet;
import org.pcollections.PMap;
import org.pcollections.PSet;
import org.pcollections.TreePMap;
import org.pcollections.TreePSet;

/// When each resource last changed or went. Tells a delta in time that grows with the delta and not
/// with the site.
///
/// @param oldest deltas can be told from this revision on
/// @param byRevision each key once, under the revision that last touched it
/// @param last the same the other way round
/// @param meant revisions that a person marked as meant: few, so all are kept
record Trail(
        long oldest,
        TreePMap<Long, PSet<Key>> byRevision,
        PMap<Key, Long> last,
        TreePSet<Long> meant) {

    /// For how many revisions it is remembered what went. An agent further behind gets a full
    /// state.
    static final int MEMORY = 10_000;

    static Trail from(long oldest) {
        return new Trail(oldest, TreePMap.empty(), HashTreePMap.empty(), TreePSet.empty());
    }

    Trail touch(Key key, long revision) {
        TreePMap<Long, PSet<Key>> moved = byRevision;
        Long before = last.get(key);
        if (before != null) {
            PSet<Key> rest = keys(before).minus(key);
            moved = rest.isEmpty() ? moved.minus(before) : moved.plus(before, rest);
        }
        PSet<Key> there = moved.getOrDefault(revision, HashTreePSet.empty()).plus(key);
        return new Trail(oldest, moved.plus(revision, there), last.plus(key, revision), meant);
    }

    Trail meaning(Iterable<Long> revisions) {
        TreePSet<Long> more = meant;
        for (Long revision : revisions) {
            more = more.plus(revision);
        }
        return new Trail(oldest, byRevision, last, more);
    }

    /// What changed or went after a revision.
    Set<Key> since(long after) {
        Set<Key> keys = new HashSet<>();
        byRevision.tailMap(after, false).values().forEach(keys::addAll);
        return keys;
    }

    boolean meantSince(long after) {
        return meant.higher(after) != null;
    }

    /// Forgets what went long ago, once in so many revisions that its cost does not count.
    ///
    /// @param catalog of the resources that are there, which are never forgotten
    Trail forgetting(long revision, Catalog catalog) {
        if (revision - oldest < 2 * MEMORY) {
            return this;
        }
        long horizon = revision - MEMORY;
        Trail kept = new Trail(horizon, byRevision, last, meant);
        for (Map.Entry<Long, PSet<Key>> old : byRevision.headMap(horizon, true).entrySet()) {
            for (Key key : old.getValue()) {
                if (!catalog.has(key)) {
                    kept = kept.without(key, old.getKey());
                }
            }
        }
        return kept;
    }

    private Trail without(Key key, long revision) {
        PSet<Key> rest = keys(revision).minus(key);
        return new Trail(
                oldest,
                rest.isEmpty() ? byRevision.minus(revision) : byRevision.plus(revision, rest),
                last.minus(key),
                meant);
    }

    private PSet<Key> keys(long revision) {
        return byRevision.getOrDefault(revision, HashTreePSet.empty());
    }
}
