package dev.holdfast.control.service;

import dev.holdfast.control.revision.Edit;
import org.jspecify.annotations.Nullable;

/// A feature that keeps something beside each service: told of what happens to one, inside the edit
/// that does it, after it was written. It may refuse, and change what follows.
///
/// Implemented by the features, so that `service` need not know them.
public interface ServiceCompanions {

    /// Backends joined, left or changed, or where they or the VIP are.
    void tableChanges(Edit edit, KnownService service);

    /// A service is new, or on another VIP than before.
    ///
    /// @param fromVip null when it is new
    void vipTaken(Edit edit, KnownService service, @Nullable Long fromVip);

    /// A service is about to go.
    void serviceGoes(Edit edit, KnownService service);
}
