/// Who may do what: the admin's token, the agents' tokens, and the paths each of them opens
/// (NOT-YOURS).
///
/// Knows paths and names, but nothing of what is behind them.
@NullMarked
package dev.holdfast.control.access;

import org.jspecify.annotations.NullMarked;
