package dev.holdfast.wire;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// An address out of a site's VIP ranges.
///
/// @param name read-only, from the path
/// @param address left out: allocated, and kept by later writes that leave it out
/// @param family of the address to allocate; left out: IPV4 when the site has such a range
/// @param revision read-only: when it last changed
/// @param announced read-only: which load balancers announce it, and why the others do not; not in
///   lists
public record Vip(
        @Nullable String name,
        @Nullable IpAddress address,
        @Nullable Family family,
        @Nullable Long revision,
        @Nullable List<Announcement> announced) {

    /// How one load balancer stands to a VIP.
    ///
    /// @param announced as its agent last reported
    /// @param session the routing sessions that carry it; absent when it is not announced
    /// @param why the reason when it is not announced, or what is to be known when it is
    public record Announcement(
            String node, boolean announced, @Nullable String session, @Nullable String why) {}
}
