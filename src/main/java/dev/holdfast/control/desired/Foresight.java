package dev.holdfast.control.desired;

import dev.holdfast.control.revision.Edit;
import dev.holdfast.control.revision.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// Shows what an edit under way would make of the desired state, by the same code that tells it to
/// agents once the edit is committed.
@Component
public class Foresight {

    private final SiteViews views;
    private final SiteReader reader;
    private final JdbcClient jdbc;

    Foresight(SiteViews views, SiteReader reader, JdbcClient jdbc) {
        this.views = views;
        this.reader = reader;
        this.jdbc = jdbc;
    }

    /// To be called inside the edit's transaction, when all of it is written down; of a site that
    /// was there before.
    public Prospect of(Edit edit) {
        SiteView before = current(edit);
        Head next =
                new Head(edit.siteId(), edit.site(), UUID.fromString(edit.epoch()), edit.next());
        SiteView after = before.plus(reader.within(jdbc, before, next));
        Catalog was = before.catalog();
        Catalog is = after.catalog();
        return new Prospect(
                new Turn<>(
                        edit.site(),
                        was.site().value().encapsulation(),
                        is.site().value().encapsulation()),
                new Turn<>(
                        edit.site(), was.site().value().accepted(), is.site().value().accepted()),
                turns(Kind.NODE, edit, after, was.nodes(), is.nodes()),
                turns(Kind.HOST, edit, after, was.hosts(), is.hosts()),
                turns(Kind.SERVICE, edit, after, was.services(), is.services()),
                List.copyOf(is.nodes().byName().keySet()),
                List.copyOf(is.hosts().byName().keySet()),
                was.services().byName().size());
    }

    /// As last committed. That is what any other connection sees, since the edit holds the lock.
    private SiteView current(Edit edit) {
        SiteView held = views.find(edit.site());
        if (held != null && isCurrent(held, edit)) {
            return held;
        }
        Optional<Rows> rows = held == null ? reader.read(edit.site()) : reader.read(held);
        Rows read = rows.orElseThrow();
        return held != null && SiteReader.continues(held, read.head())
                ? held.plus(read)
                : SiteView.of(read);
    }

    private static boolean isCurrent(SiteView view, Edit edit) {
        return view.head().id() == edit.siteId()
                && view.epoch().equals(edit.epoch())
                && view.revision() == edit.current();
    }

    private static <T> List<Turn<T>> turns(
            Kind kind, Edit edit, SiteView after, Shelf<T> was, Shelf<T> is) {
        List<Turn<T>> turns = new ArrayList<>();
        TreeSet<String> names = new TreeSet<>();
        for (Key key : after.trail().since(edit.current())) {
            if (key.kind() == kind) {
                names.add(key.name());
            }
        }
        for (String name : names) {
            turns.add(new Turn<>(name, value(was.find(name)), value(is.find(name))));
        }
        return turns;
    }

    private static <T> @Nullable T value(@Nullable Known<T> known) {
        return known == null ? null : known.value();
    }
}
