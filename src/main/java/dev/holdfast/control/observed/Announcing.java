package dev.holdfast.control.observed;

import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What one load balancer last said of announcing VIPs.
///
/// @param inMaintenance whether a person took it out
/// @param heardAt null before its first report
/// @param lost whether it has been silent for longer than an agent ever is
/// @param applied the revision it runs, when that is of the site's present epoch
/// @param vips names of those it announces
/// @param announces false when its agent was not told where to announce
/// @param withdrawnFor whole seconds for which it has seen that it announces nothing; null while it
///   announces anything, or cannot tell
/// @param unproven what BIRD did not do or would not say, when there is such a thing: then routers
///   may have been told more than `vips`
public record Announcing(
        String node,
        boolean inMaintenance,
        @Nullable Instant heardAt,
        boolean lost,
        @Nullable Long applied,
        Set<String> vips,
        @Nullable Boolean announces,
        @Nullable Long withdrawnFor,
        @Nullable String unproven) {

    /// Whether it can be counted on to carry traffic.
    public boolean inService() {
        return !inMaintenance && !lost && applied != null;
    }
}
