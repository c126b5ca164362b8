package dev.holdfast.control.change;

import dev.holdfast.control.problem.Refusal;
import dev.holdfast.control.revision.Edit;
import dev.holdfast.wire.Applied;
import dev.holdfast.wire.Change;
import java.util.List;

/// One change of a set, read and understood, but not yet made.
sealed interface PlannedChange {

    /// As it was sent, with a slash before it.
    String path();

    /// @throws Refusal as the resource itself refuses it
    Applied.Done carryOut(Edit edit);

    /// A resource that is to be as `body` says.
    record Put<B>(String path, ChangePath<B> at, List<String> names, B body, boolean force)
            implements PlannedChange {

        @Override
        public Applied.Done carryOut(Edit edit) {
            var written = at.put(edit, names, body, force);
            return new Applied.Done(Change.Method.PUT, path, written.created(), written.resource());
        }
    }

    /// A resource that is to go.
    record Delete(String path, ChangePath<?> at, List<String> names, boolean force)
            implements PlannedChange {

        @Override
        public Applied.Done carryOut(Edit edit) {
            at.delete(edit, names, force);
            return new Applied.Done(Change.Method.DELETE, path, false, null);
        }
    }
}
