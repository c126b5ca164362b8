/// Hosts: the machines that run backends, each the far end of a tunnel.
///
/// Knows nothing of services but that somebody may need a host: see
/// [dev.holdfast.control.host.HostUsers].
@NullMarked
package dev.holdfast.control.host;

import org.jspecify.annotations.NullMarked;
