/// What agents report of their machines, and how people read it.
///
/// Never changes what is asked for: a report makes no revision. Knows nothing of how a machine
/// learned what it should be.
@NullMarked
package dev.holdfast.control.observed;

import org.jspecify.annotations.NullMarked;
