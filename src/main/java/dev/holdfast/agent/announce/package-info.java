/// Tells routers which VIPs are served here, through BIRD: routes in a file of its own, which the
/// operator's configuration includes.
///
/// Never reads or writes the operator's own configuration, and knows nothing of BGP beyond what
/// BIRD says of its sessions.
@NullMarked
package dev.holdfast.agent.announce;

import org.jspecify.annotations.NullMarked;
