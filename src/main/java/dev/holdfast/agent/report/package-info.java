/// Tells the control plane, and this machine's own operator, what the agent saw and did.
///
/// Changes nothing, in the kernel or anywhere else but in its own status file.
@NullMarked
package dev.holdfast.agent.report;

import org.jspecify.annotations.NullMarked;
