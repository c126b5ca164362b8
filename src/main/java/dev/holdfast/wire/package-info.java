/// What travels between the programs: REST bodies, desired state, reports, and the addresses in
/// them.
///
/// Records, nothing else. Knows nothing of HTTP, of the database or of the kernel, and nothing else
/// of ours. A field that is `@Nullable` may be left out of the JSON; left-out fields are never
/// written as `null`.
@NullMarked
package dev.holdfast.wire;

import org.jspecify.annotations.NullMarked;
