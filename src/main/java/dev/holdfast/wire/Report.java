package dev.holdfast.wire;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What an agent saw and did. Absent lists are empty.
///
/// @param epoch of the state it runs; absent before the first
/// @param revision the applied one; absent before the first
/// @param refusedRevision a revision it would not apply, with `why`
/// @param failures steps that were refused
/// @param tables one digest per service, computed from what was read back
/// @param repaired how often each kind of drift was repaired since the agent started
/// @param announced what routers are told to send here
/// @param withheld what they are not told, and why
/// @param countedRevision the revision that the machine ran when `counters` were read; absent:
///   `revision`
/// @param chances of a backend host: packets that it sent on by second chance
public record Report(
        @Nullable String epoch,
        @Nullable Long revision,
        @Nullable Long refusedRevision,
        @Nullable String why,
        @Nullable List<Failure> failures,
        @Nullable List<Table> tables,
        @Nullable Map<String, Long> repaired,
        @Nullable List<Health> health,
        @Nullable List<Counters> counters,
        @Nullable List<Announced> announced,
        @Nullable Facts facts,
        @Nullable List<Withheld> withheld,
        @Nullable Long countedRevision,
        @Nullable List<Chances> chances) {

    /// The digest of one service's tables.
    ///
    /// @param service such as `shop`
    /// @param digest of the mh tables of all its ports
    /// @param slots size of the table
    /// @param differing slots, of all ports together, that are not as the applied revision asks
    ///   for; absent: all are
    public record Table(String service, String digest, int slots, @Nullable Integer differing) {}

    /// One probed backend.
    public record Health(
            String service,
            String host,
            boolean up,
            @Nullable String why,
            @Nullable Instant since) {}

    /// Counters of one backend in one service.
    ///
    /// @param connections now: established ones of TCP, and flows of UDP that are remembered
    public record Counters(
            String service,
            String host,
            long connections,
            long packetsPerSecond,
            long bytesPerSecond) {}

    /// Packets of one service that a host did not know and sent on to where an earlier table had
    /// them.
    ///
    /// @param packets since the machine started, or its agent first looked
    public record Chances(String service, long packets) {}

    /// A VIP and the routing session that carries it.
    public record Announced(String vip, String session) {}

    /// A VIP that is not announced, although the site has it.
    ///
    /// @param vip its name; absent: all that `announced` does not name
    public record Withheld(@Nullable String vip, String why) {}

    /// What the machine is.
    ///
    /// @param tableSize slots of the kernel's mh table
    /// @param announces false when its agent was not told where to announce VIPs; absent: unknown
    public record Facts(
            @Nullable String kernel,
            @Nullable Integer tableSize,
            @Nullable String agentVersion,
            @Nullable Boolean announces) {}
}
