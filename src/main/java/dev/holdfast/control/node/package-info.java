/// Nodes: the load-balancer machines of a site.
///
/// Knows nothing of services, nor of what the machines do.
@NullMarked
package dev.holdfast.control.node;

import org.jspecify.annotations.NullMarked;
