package dev.holdfast.wire;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// A service as one of its backend hosts knows it.
///
/// @param vip name of a VIP among the state's `vips`
/// @param chances tables to ask, in this order, for packets of TCP connections the host does not
///   know
/// @param udpChances the same for flows of UDP: an earlier table, then the present one, as a flow
///   that nobody knows is new; left out: none
/// @param tracked true: there may be such tables later, and the host must know by then which
///   connections are its own; left out: there will be none
public record HostService(
        String name,
        String vip,
        List<ServicePort> ports,
        List<Chance> chances,
        @Nullable List<Chance> udpChances,
        @Nullable Boolean tracked) {}
