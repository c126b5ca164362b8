/// Moves services from old load balancers to the backends here, a share of the flows at a time.
///
/// Old load balancers are destinations of the same Maglev table as the backends, so every load
/// balancer makes the same split and nothing has to be synchronised.
@NullMarked
package dev.holdfast.control.migration;

import org.jspecify.annotations.NullMarked;
