package dev.holdfast.agent.watch;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// An immutable map from names. A changed copy, and the difference between two copies, cost the
/// same however many names there are: copies share all buckets but those that changed.
public final class Names<T> {

    private static final int BUCKETS = 512;

    private final List<Map<String, T>> buckets;
    private final int size;

    private Names(List<Map<String, T>> buckets, int size) {
        this.buckets = buckets;
        this.size = size;
    }

    /// The one without names.
    public static <T> Names<T> empty() {
        return new Names<>(Collections.nCopies(BUCKETS, Map.of()), 0);
    }

    public @Nullable T get(String name) {
        return buckets.get(bucket(name)).get(name);
    }

    public int size() {
        return size;
    }

    /// A copy with some names put in or replaced, and others taken out.
    public Names<T> with(Map<String, T> changed, Collection<String> removed) {
        List<Map<String, T>> copy = new ArrayList<>(buckets);
        Set<Integer> own = new HashSet<>();
        int count = size;
        for (String name : removed) {
            count -= own(copy, own, name).remove(name) == null ? 0 : 1;
        }
        for (Map.Entry<String, T> entry : changed.entrySet()) {
            String name = entry.getKey();
            count += own(copy, own, name).put(name, entry.getValue()) == null ? 1 : 0;
        }
        return new Names<>(copy, count);
    }

    /// The names whose values differ, or that only one of the two has.
    @SuppressWarnings("ReferenceEquality") // a shared bucket is what makes this cheap
    public Set<String> differences(Names<T> other) {
        Set<String> names = new TreeSet<>();
        for (int i = 0; i < BUCKETS; i++) {
            Map<String, T> here = buckets.get(i);
            Map<String, T> there = other.buckets.get(i);
            if (here == there) {
                continue;
            }
            for (Map.Entry<String, T> entry : here.entrySet()) {
                if (!entry.getValue().equals(there.get(entry.getKey()))) {
                    names.add(entry.getKey());
                }
            }
            for (String name : there.keySet()) {
                if (!here.containsKey(name)) {
                    names.add(name);
                }
            }
        }
        return names;
    }

    /// All of them, ordered by name.
    public Map<String, T> sorted() {
        Map<String, T> all = new TreeMap<>();
        buckets.forEach(all::putAll);
        return all;
    }

    private static <T> Map<String, T> own(
            List<Map<String, T>> buckets, Set<Integer> own, String name) {
        int index = bucket(name);
        if (own.add(index)) {
            buckets.set(index, new HashMap<>(buckets.get(index)));
        }
        return buckets.get(index);
    }

    private static int bucket(String name) {
        int hash = name.hashCode() * 0x9e3779b9;
        return hash >>> 23; // the upper 9 bits: 512 buckets
    }
}
