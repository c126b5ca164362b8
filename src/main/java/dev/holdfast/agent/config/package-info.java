/// What an operator sets on a machine: a small file, and the environment over it.
///
/// Knows nothing of what the agent does with it.
@NullMarked
package dev.holdfast.agent.config;

import org.jspecify.annotations.NullMarked;
