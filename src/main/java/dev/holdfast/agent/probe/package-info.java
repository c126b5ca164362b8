/// Tries each backend of a checked service the way that clients' packets take, through the tunnel
/// to the VIP, and tells what it found.
///
/// Decides nothing: that is for the control plane, once for the whole site. What it finds changes
/// nothing on this machine.
@NullMarked
package dev.holdfast.agent.probe;

import org.jspecify.annotations.NullMarked;
