package dev.holdfast.wire;

import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The move of a service from old load balancers to its backends.
///
/// @param service read-only, from the path
/// @param stage left out: LIVE
/// @param percent share of the flows that the backends are to get. For CANARY above 0 and below
///   100, at most three decimals; for other stages shown as what it comes to, and left out
/// @param legacyHosts addresses of the old load balancers; left out: none
/// @param realPercent read-only: the share that the exact table gives the backends now
/// @param legacy read-only: the old load balancers as the table knows them
/// @param backendWeight read-only: weight of the heaviest backend beside them; absent: nominal
/// @param forwards read-only: whether a sibling on the VIP is announced, so that at LEGACY and
///   SHADOW its flows come here and are forwarded to the old load balancers
/// @param revision read-only: when it last changed
public record Migration(
        @Nullable String service,
        @Nullable MigrationStage stage,
        @Nullable BigDecimal percent,
        @Nullable List<IpAddress> legacyHosts,
        @Nullable BigDecimal realPercent,
        @Nullable List<LegacyDestination> legacy,
        @Nullable Integer backendWeight,
        @Nullable Boolean forwards,
        @Nullable Long revision) {}
