package dev.holdfast.control.desired;

import java.util.Set;
import org.pcollections.HashTreePMap;
import org.pcollections.PMap;

/// What concerns each backend host of a site.
///
/// @param chances of each service, where there is second chance
/// @param touched the hosts for which the step that led here changed something, or that it removed
record HostShares(
        PMap<String, HostShare> byHost, PMap<String, Chances> chances, Set<String> touched) {

    static final HostShares NONE =
            new HostShares(HashTreePMap.empty(), HashTreePMap.empty(), Set.of());

    /// @param before what this belongs to
    /// @param after what the result belongs to
    /// @param rows what is between them
    HostShares plus(Catalog before, Catalog after, Rows rows) {
        return new HostStep(this, before, after, rows).take();
    }

    Chances chancesOf(String service) {
        return chances.getOrDefault(service, Chances.NONE);
    }
}
