/// Runs the machine's own programs, such as `nft`, and gives back what they said.
///
/// Knows nothing of what they are for, and never goes through a shell.
@NullMarked
package dev.holdfast.agent.tool;

import org.jspecify.annotations.NullMarked;
