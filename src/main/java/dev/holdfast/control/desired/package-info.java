/// What each node and host should be: an immutable view of every site in memory, and the long poll
/// that hands out what changed.
///
/// Knows no REST resource and no way to change one: it reads the rows that others wrote, when
/// `revision` says that there is something new.
@NullMarked
package dev.holdfast.control.desired;

import org.jspecify.annotations.NullMarked;
