package dev.holdfast.control.revision;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/// One change of a site under way, inside its transaction and under its lock.
///
/// Features write their own tables and say here what they changed. When nothing was said, no
/// revision is made.
public final class Edit {

    /// Names what a feature loads once in an edit, however many changes the edit makes: plain
    /// values, since entities are forgotten between changes.
    ///
    /// @param <T> what is loaded; who loaded it keeps it true to what the edit does afterwards
    public interface Kept<T> {}

    /// A resource by kind and name.
    record Key(Kind kind, String name) {}

    private final Lineage lineage;
    private boolean meant;
    private final Map<Key, Optional<Object>> changes = new LinkedHashMap<>();
    private final Map<Kept<?>, Object> kept = new HashMap<>();

    Edit(Lineage lineage) {
        this.lineage = lineage;
    }

    public long siteId() {
        return lineage.id();
    }

    public String site() {
        return lineage.site();
    }

    public String epoch() {
        return lineage.epoch().toString();
    }

    /// The revision last committed.
    public long current() {
        return lineage.revision();
    }

    /// The revision this edit makes, if it changes anything.
    public long next() {
        return lineage.revision() + 1;
    }

    /// The revision the site is at once this edit is done: the next one, or the current one while
    /// nothing was changed.
    public long result() {
        return changes.isEmpty() ? current() : next();
    }

    /// Says that what it takes away is meant, by the nature of what was asked for (NO-CLIFF).
    public void means() {
        meant = true;
    }

    /// Whether that was said.
    public boolean isMeant() {
        return meant;
    }

    /// Who makes it.
    public String actor() {
        return Actor.present();
    }

    /// A number that no backend of the site ever had.
    public long takeOrdinal() {
        return lineage.takeOrdinal();
    }

    /// Says that a resource is new or has changed.
    ///
    /// @param document what a GET of it shows from now on, without what is observed
    public void changed(Kind kind, String name, Object document) {
        changes.put(new Key(kind, name), Optional.of(document));
    }

    /// Says that a resource is gone.
    public void removed(Kind kind, String name) {
        changes.put(new Key(kind, name), Optional.empty());
    }

    /// @param load asked the first time only
    @SuppressWarnings("unchecked") // under a key of T stands what `load` gave, a T
    public <T> T kept(Kept<T> key, Supplier<T> load) {
        return (T) kept.computeIfAbsent(key, _ -> load.get());
    }

    /// @return what is to be stored
    Lineage commit() {
        lineage.advanceTo(next());
        return lineage;
    }

    Map<Key, Optional<Object>> changes() {
        return changes;
    }
}
