/// NO-CLIFF: what a node refuses to lose at once, whoever asks for it.
///
/// Decides, and changes nothing. Knows neither who sent a state nor how it is applied.
@NullMarked
package dev.holdfast.agent.guard;

import org.jspecify.annotations.NullMarked;
