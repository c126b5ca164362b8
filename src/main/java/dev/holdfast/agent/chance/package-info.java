/// Second chance on backend hosts: marks the packets that an earlier table of `reconcile` is to
/// send on.
@NullMarked
package dev.holdfast.agent.chance;

import org.jspecify.annotations.NullMarked;
