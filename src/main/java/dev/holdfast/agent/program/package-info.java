/// The agent as a program: its commands, and the loop that `run` is.
///
/// Puts the other packages together and holds no rules of its own.
@NullMarked
package dev.holdfast.agent.program;

import org.jspecify.annotations.NullMarked;
