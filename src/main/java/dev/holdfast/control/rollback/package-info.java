/// Puts a site back to what it was at some revision, as a new one.
///
/// Makes a change set of the difference and hands it to `change`; writes nothing itself.
@NullMarked
package dev.holdfast.control.rollback;

import org.jspecify.annotations.NullMarked;
