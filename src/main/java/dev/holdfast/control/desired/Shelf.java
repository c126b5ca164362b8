package dev.holdfast.control.desired;

import dev.holdfast.wire.Digest;
import org.jspecify.annotations.Nullable;
import org.pcollections.TreePMap;

/// The resources of one kind by name, and the sum of their hashes. A change costs the same on a
/// shelf of ten and of ten thousand, and leaves the old shelf as it was.
record Shelf<T>(TreePMap<String, Known<T>> byName, Digest digest) {

    static <T> Shelf<T> empty() {
        return new Shelf<>(TreePMap.empty(), Digest.EMPTY);
    }

    @Nullable Known<T> find(String name) {
        return byName.get(name);
    }

    Shelf<T> plus(Known<T> known) {
        return new Shelf<>(
                byName.plus(known.name(), known),
                minus(known.name()).digest.plus(known.piece().hash()));
    }

    Shelf<T> minus(String name) {
        Known<T> gone = byName.get(name);
        return gone == null
                ? this
                : new Shelf<>(byName.minus(name), digest.minus(gone.piece().hash()));
    }
}
