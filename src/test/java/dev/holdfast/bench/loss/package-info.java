/// How soon a router stops using a load balancer that is gone.
///
/// Needs no lab: BIRD and network namespaces are on any Linux machine.
@NullMarked
package dev.holdfast.bench.loss;

import org.jspecify.annotations.NullMarked;
