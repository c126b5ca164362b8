/// Tables of nftables that are the agent's alone.
@NullMarked
package dev.holdfast.agent.nftables;

import org.jspecify.annotations.NullMarked;
