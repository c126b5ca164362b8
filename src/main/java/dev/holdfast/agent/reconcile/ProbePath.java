package dev.holdfast.agent.reconcile;

import dev.holdfast.agent.kernel.ServiceKey;
import dev.holdfast.wire.IpAddress;

/// How a probe gets to one host: what carries this mark goes there, through its tunnel.
///
/// @param address where IPVS sends it: the same as for clients' packets
public record ProbePath(String host, ServiceKey.Marked key, IpAddress address) {}
