package dev.holdfast.wire;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a team asks for: a VIP, ports, and who may come in.
///
/// @param name read-only, from the path
/// @param vip name of a VIP of the same site
/// @param ports one or more, no pair twice, none claimed by another service on the VIP
/// @param affinity left out: CONNECTION
/// @param allowedSources left out: everyone; an empty list is refused
/// @param healthCheck left out: every enabled backend serves
/// @param secondChance left out: true; counts on sites with GUE only
/// @param udpSecondChance left out: false; counts where there is second chance
/// @param limits left out: those of the site
/// @param owner the team; free text
/// @param revision read-only: when it last changed
public record Service(
        @Nullable String name,
        @Nullable String vip,
        @Nullable List<ServicePort> ports,
        @Nullable Affinity affinity,
        @Nullable List<Prefix> allowedSources,
        @Nullable HealthCheck healthCheck,
        @Nullable Boolean secondChance,
        @Nullable Boolean udpSecondChance,
        @Nullable ServiceLimits limits,
        @Nullable String owner,
        @Nullable Long revision) {}
