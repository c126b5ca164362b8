/// Looks over a machine for what would keep it from forwarding as it should, and says what cures
/// it.
///
/// Changes nothing. Each check is on its own: one that cannot be made is left out, and says so.
@NullMarked
package dev.holdfast.agent.doctor;

import org.jspecify.annotations.NullMarked;
