/// Turns desired state into steps against the kernel, and takes them: observe, plan, apply, read
/// back.
///
/// The plan is a value, made by pure functions. Knows nothing of HTTP or of netlink.
@NullMarked
package dev.holdfast.agent.reconcile;

import org.jspecify.annotations.NullMarked;
