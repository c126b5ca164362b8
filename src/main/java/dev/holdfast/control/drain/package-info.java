/// How backends drain: since when, what is left on which load balancer, and when that is over.
///
/// Only says so: the end of a drain changes nothing that was asked for. Knows nothing of how a load
/// balancer keeps new connections away.
@NullMarked
package dev.holdfast.control.drain;

import org.jspecify.annotations.NullMarked;
