/// Change sets: writes of several resources that become one revision together, or nothing.
///
/// Knows no feature: each one says in a [dev.holdfast.control.change.ChangePath] what can be put
/// and deleted, and how.
@NullMarked
package dev.holdfast.control.change;

import org.jspecify.annotations.NullMarked;
