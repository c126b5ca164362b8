/// What an agent does with each desired state beside tunnels and tables, in one shape: filter,
/// announce, probe, count.
///
/// Knows none of them: each duty has a package of its own, and `program` says which an agent has.
@NullMarked
package dev.holdfast.agent.duty;

import org.jspecify.annotations.NullMarked;
