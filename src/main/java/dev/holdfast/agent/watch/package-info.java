/// Learns what this machine should be: asks the control plane, puts deltas together, proves the
/// result by its digest, and keeps the last one on disk.
///
/// Knows nothing of the kernel. Nothing that arrives here can stop it: what cannot be used is said,
/// and asked for again.
@NullMarked
package dev.holdfast.agent.watch;

import org.jspecify.annotations.NullMarked;
