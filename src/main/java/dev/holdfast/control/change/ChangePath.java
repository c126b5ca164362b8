package dev.holdfast.control.change;

import dev.holdfast.control.problem.Refusal;
import dev.holdfast.control.revision.Edit;
import dev.holdfast.control.web.Written;
import java.util.List;

/// A kind of resource that a change set may put and delete.
///
/// Implemented by the features, so that `change` need not know them: whoever has a resource that
/// can be written adds a component of this type.
///
/// @param <B> what is put there
public interface ChangePath<B> {

    /// Where it stands below the site, such as `services/{service}/backends/{host}`. What is in
    /// braces is a name.
    String pattern();

    Class<B> body();

    /// As a PUT does it, as part of an edit.
    ///
    /// @param names those in the path, in its order
    /// @param force as `?force=true`, where the resource knows that
    /// @throws Refusal whose fields are those of `body`
    Written<?> put(Edit edit, List<String> names, B body, boolean force);

    /// As a DELETE does it, as part of an edit.
    void delete(Edit edit, List<String> names, boolean force);
}
