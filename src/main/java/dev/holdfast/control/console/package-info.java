/// The pages a person looks at, and the session they are looked at with.
///
/// Uses the features as the REST controllers do, and adds no rule of its own: what a page may do,
/// the API may do too. No feature knows of it.
@NullMarked
package dev.holdfast.control.console;

import org.jspecify.annotations.NullMarked;
