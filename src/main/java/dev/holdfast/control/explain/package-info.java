/// Says where a client's packets go, at any revision that is kept, and why.
///
/// Reads the log of changes and computes the kernel's table; asks no load balancer.
@NullMarked
package dev.holdfast.control.explain;

import org.jspecify.annotations.NullMarked;
