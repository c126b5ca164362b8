/// What goes through this load balancer: for reports, and for Prometheus on its own loopback.
///
/// Reads counters by netlink, never the table of connections: reading that takes longer than the
/// square of their number.
@NullMarked
package dev.holdfast.agent.traffic;

import org.jspecify.annotations.NullMarked;
