package dev.holdfast.wire;

/// How far a service has been moved from old load balancers to its backends here.
public enum MigrationStage {
    /// Nothing of it is here. On a VIP that is announced for a sibling service, all of it is
    /// forwarded to the old load balancers.
    LEGACY,
    /// Everything is programmed and probed, and not announced.
    SHADOW,
    /// The backends get a share of its flows, the old load balancers the rest.
    CANARY,
    /// The backends get all of it. Old load balancers that are still named get nothing new.
    LIVE
}
