/// NO-CLIFF: what a machine refuses to lose at once, whoever asks for it.
///
/// Decides, and changes nothing. Knows neither who sent a state nor how it is applied.
@NullMarked
package dev.holdfast.agent.guard;

import org.jspecify.annotations.NullMarked;
