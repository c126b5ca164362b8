package dev.holdfast.control.site;

import dev.holdfast.wire.IpAddress;
import java.util.Optional;

/// A feature that keeps things in sites: asked before a site ends, and told when it changes.
///
/// Implemented by the features, so that `site` need not know them.
public interface SiteTenants {

    /// What of this feature still uses the site, such as `services shop, api`; empty when nothing.
    Optional<String> uses(long siteId);

    /// Checks new settings against what the feature holds, and changes what follows from them.
    ///
    /// @param change of a site that existed before
    void siteChanges(SiteChange change);

    /// What of this feature has an address of the underlay network, such as `node lb1`.
    default Optional<String> holder(long siteId, IpAddress address) {
        return Optional.empty();
    }
}
