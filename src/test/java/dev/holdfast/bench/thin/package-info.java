/// What the agent costs the machine it runs on.
///
/// Measured in the lab's kernel, since few machines have IPVS; so it knows the lab, and the agent.
@NullMarked
package dev.holdfast.bench.thin;

import org.jspecify.annotations.NullMarked;
