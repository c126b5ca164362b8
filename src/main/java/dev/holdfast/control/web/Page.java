package dev.holdfast.control.web;

import dev.holdfast.wire.Items;
import java.util.List;
import java.util.function.Function;

/// Which part of a list is asked for: names after `after`, at most `limit` of them.
///
/// @param after the last name of the page before, or empty for the first page
/// @param limit 1 to 1000
public record Page(String after, int limit) {

    /// The whole list, for the control plane itself.
    public static final Page ALL = new Page("", Integer.MAX_VALUE - 1);

    /// Cuts what a query for `limit + 1` rows found to one page.
    public <R, T> Items<T> cut(List<R> found, Function<R, String> name, Function<R, T> shown) {
        boolean more = found.size() > limit;
        List<R> rows = more ? found.subList(0, limit) : found;
        return new Items<>(
                rows.stream().map(shown).toList(), more ? name.apply(rows.getLast()) : null);
    }
}
