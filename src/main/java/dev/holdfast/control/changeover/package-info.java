/// Changing a site's encapsulation as a sequence of steps that connections survive.
///
/// Looks at what agents report and refuses the step that comes too early; takes none by itself. See
/// `docs/operations/encapsulation.md`.
@NullMarked
package dev.holdfast.control.changeover;

import org.jspecify.annotations.NullMarked;
