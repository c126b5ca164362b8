package dev.holdfast.wire;

import org.jspecify.annotations.Nullable;

/// Something that keeps a change set from being carried out.
///
/// @param guard which one
/// @param refuses false when a person said that it is meant
/// @param subject what it is about, such as `service shop` or `changes[2]`
/// @param sentence what is wrong
/// @param unless what has to be sent so that it is carried out all the same
public record PlanGuard(
        Guard guard, boolean refuses, String subject, String sentence, @Nullable String unless) {

    /// The guards there are.
    public enum Guard {
        /// Nodes refuse to lose so much at once.
        NO_CLIFF,
        /// More flows would move without need than the service, or else its site, allows.
        MAX_COLLATERAL,
        /// A resource refuses a change that is not forced, such as maintenance of the last node
        /// that announces a VIP.
        NOT_FORCED
    }
}
