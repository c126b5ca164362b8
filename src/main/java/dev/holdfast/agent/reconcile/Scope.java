package dev.holdfast.agent.reconcile;

import dev.holdfast.agent.kernel.ServiceKey;
import java.util.Set;

/// The part of the kernel that a delta touches.
///
/// @param tunnels by name
record Scope(Set<ServiceKey> services, Set<String> tunnels) {}
