package dev.holdfast.control.host;

import dev.holdfast.control.revision.Edit;
import java.util.Optional;

/// A feature that needs hosts: asked before one goes, and told when one moves.
///
/// Implemented by the features, so that `host` need not know them.
public interface HostUsers {

    /// What needs the host, such as `services api, shop`; empty when nothing does.
    Optional<String> uses(KnownHost host);

    /// Checks a host's new addresses against what needs it, and changes what follows from them.
    void hostMoves(Edit edit, KnownHost after);
}
