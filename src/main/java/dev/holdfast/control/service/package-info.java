/// Services, their ports, and the backends that serve them.
///
/// Knows VIPs and hosts by what their features show of themselves; knows nothing of agents.
@NullMarked
package dev.holdfast.control.service;

import org.jspecify.annotations.NullMarked;
