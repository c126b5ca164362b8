/// A real PostgreSQL of our own for a first run, when no other is named.
///
/// Knows nothing of what is stored in it.
@NullMarked
package dev.holdfast.control.database;

import org.jspecify.annotations.NullMarked;
