package dev.holdfast.control.address;

import dev.holdfast.control.revision.Edit;
import java.util.Optional;

/// A feature that needs VIPs: asked before one goes, and told when its address changes.
///
/// Implemented by the features, so that `address` need not know them.
public interface VipUsers {

    /// What needs the VIP, such as `services api, shop`; empty when nothing does.
    Optional<String> uses(KnownVip vip);

    /// Checks a VIP's new address against what needs it, and changes what follows from it.
    void vipMoves(Edit edit, KnownVip after);
}
