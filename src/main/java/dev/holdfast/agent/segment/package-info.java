/// The largest segment that clients may send to a backend host, whose packets come through a
/// tunnel.
@NullMarked
package dev.holdfast.agent.segment;

import org.jspecify.annotations.NullMarked;
