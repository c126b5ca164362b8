/// The seam to the kernel: what the agent sees there, the steps it can take, and the marks by which
/// it knows its own things (OWNED-ONLY).
///
/// Decides nothing, and knows nothing of sites, backends or the control plane.
@NullMarked
package dev.holdfast.agent.kernel;

import org.jspecify.annotations.NullMarked;
