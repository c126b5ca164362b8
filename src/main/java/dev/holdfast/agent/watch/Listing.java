package dev.holdfast.agent.watch;

import dev.holdfast.client.UnreadableException;
import dev.holdfast.client.WireJson;
import dev.holdfast.wire.Digest;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The resources of one kind in a desired state. Immutable; a delta makes a changed copy.
public final class Listing<T> {

    /// Finds the name of a resource, and that nothing it needs was left out.
    interface Naming<T> {
        String name(T value) throws UnreadableException;
    }

    private final String kind;
    private final Class<T> type;
    private final Naming<T> naming;
    private final Names<Held<T>> held;
    private final Digest digest;

    /// Made when first asked for: every duty asks in every round.
    private volatile @Nullable Map<String, T> sorted;

    private Listing(
            String kind, Class<T> type, Naming<T> naming, Names<Held<T>> held, Digest digest) {
        this.kind = kind;
        this.type = type;
        this.naming = naming;
        this.held = held;
        this.digest = digest;
    }

    /// One without resources.
    ///
    /// @param kind as the digest names it
    static <T> Listing<T> empty(String kind, Class<T> type, Naming<T> naming) {
        return new Listing<>(kind, type, naming, Names.empty(), Digest.EMPTY);
    }

    public @Nullable T get(String name) {
        Held<T> one = held.get(name);
        return one == null ? null : one.value();
    }

    public int size() {
        return held.size();
    }

    /// All of them, ordered by name.
    public Map<String, T> sorted() {
        Map<String, T> known = sorted;
        if (known == null) {
            Map<String, T> all = new TreeMap<>();
            held.sorted().forEach((name, one) -> all.put(name, one.value()));
            known = Collections.unmodifiableMap(all);
            sorted = known;
        }
        return known;
    }

    /// The names that are not the same in both.
    public Set<String> differences(Listing<T> other) {
        return held.differences(other.held);
    }

    /// The sum over its resources.
    Digest digest() {
        return digest;
    }

    /// A copy after one delta.
    ///
    /// @param changed a JSON list of resources, each whole; null when none changed
    /// @param removed names; null when none went
    Listing<T> merge(byte @Nullable [] changed, @Nullable List<String> removed)
            throws UnreadableException {
        if (changed == null && removed == null) {
            return this;
        }
        List<String> gone = removed == null ? List.of() : removed;
        Map<String, Held<T>> fresh = changed == null ? Map.of() : parse(changed);
        Digest sum = digest;
        for (String name : Set.copyOf(gone)) {
            sum = without(sum, name);
        }
        for (Map.Entry<String, Held<T>> entry : fresh.entrySet()) {
            if (!gone.contains(entry.getKey())) {
                sum = without(sum, entry.getKey());
            }
            sum = sum.plus(entry.getValue().digest());
        }
        return new Listing<>(kind, type, naming, held.with(fresh, gone), sum);
    }

    /// A copy with those of another one whose names are not here.
    Listing<T> with(Listing<T> other) {
        Map<String, Held<T>> more = new TreeMap<>(other.held.sorted());
        more.keySet().removeAll(held.sorted().keySet());
        Digest sum = digest;
        for (Held<T> one : more.values()) {
            sum = sum.plus(one.digest());
        }
        return new Listing<>(kind, type, naming, held.with(more, List.of()), sum);
    }

    /// Adds it to a document under construction.
    void write(Document document, String field) {
        document.list(field, held.sorted().values().stream().map(Held::json).toList());
    }

    /// Adds those that are not as they were before.
    ///
    /// @return names of those that went
    List<String> writeChanges(Document document, String field, Listing<T> before) {
        List<byte[]> changed = new ArrayList<>();
        List<String> gone = new ArrayList<>();
        for (String name : differences(before)) {
            Held<T> one = held.get(name);
            if (one == null) {
                gone.add(name);
            } else {
                changed.add(one.json());
            }
        }
        document.list(field, changed);
        return gone;
    }

    private Map<String, Held<T>> parse(byte[] array) throws UnreadableException {
        Map<String, Held<T>> parsed = new LinkedHashMap<>();
        for (byte[] json : WireJson.elements(array)) {
            T value = WireJson.read(json, type);
            String name = naming.name(value);
            if (parsed.put(name, Held.of(kind, name, value, json)) != null) {
                throw new UnreadableException(kind + " " + name + ": twice (expected: once)");
            }
        }
        return parsed;
    }

    private Digest without(Digest sum, String name) {
        Held<T> old = held.get(name);
        return old == null ? sum : sum.minus(old.digest());
    }
}
