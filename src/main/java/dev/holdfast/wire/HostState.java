package dev.holdfast.wire;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a backend host should be at one revision: in full, or what changed since another one.
///
/// @param revision the one this leads to
/// @param full whether it stands alone
/// @param reset whether the receiver must forget what it had: it was of another epoch, or ahead
/// @param meant whether a person marked a revision on the way as meant (NO-CLIFF)
/// @param digest of the state that the receiver has after taking this in; see [Digest]
/// @param host the receiver's own part, always whole and not in the digest
/// @param accepts further encapsulations to take packets in; counts for the digest only where there
///   is one. Left out of a full state: none
/// @param mss largest TCP segment that fits through the tunnel, whichever of them it is, with the
///   site's underlay MTU
/// @param vips those of the services it carries
public record HostState(
        String site,
        String epoch,
        long revision,
        boolean full,
        boolean reset,
        boolean meant,
        Digest digest,
        HostPart host,
        @Nullable Encapsulation encapsulation,
        @Nullable List<Encapsulation> accepts,
        @Nullable Integer mss,
        @Nullable List<VipAddress> vips,
        @Nullable List<HostService> services,
        @Nullable Removed removed) {}
