package dev.holdfast.control.database;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.data.domain.Sort;
import org.springframework.data.jpa.domain.Specification;
import org.springframework.data.jpa.repository.JpaSpecificationExecutor;

/// Conditions of a list, of which those left out ask nothing.
///
/// @param all what every row must meet
public record Where<E>(Specification<E> all) {

    /// Rows of one owner, such as a site, in the order of a name.
    public static <E> Where<E> of(String owner, long id) {
        return new Where<>((row, _, is) -> is.equal(row.get(owner), id));
    }

    /// Rows whose column has exactly this value; all of them when it is null.
    public Where<E> equal(String column, @Nullable Object value) {
        return value == null ? this : and((row, _, is) -> is.equal(row.get(column), value));
    }

    /// Rows that also meet a condition of another form.
    public Where<E> and(Specification<E> more) {
        return new Where<>(all.and(more));
    }

    /// The first of the rows in the order of a column, from after a value on.
    public List<E> first(
            int limit, String column, String after, JpaSpecificationExecutor<E> repository) {
        Specification<E> rest = all.and((row, _, is) -> is.greaterThan(row.get(column), after));
        return repository.findBy(rest, query -> query.sortBy(Sort.by(column)).limit(limit).all());
    }
}
