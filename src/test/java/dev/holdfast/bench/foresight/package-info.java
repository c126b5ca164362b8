/// What it costs to know what a change would do, and where a client goes.
///
/// Knows Holdfast by REST, and `maglev` for the naive way that it is compared with.
@NullMarked
package dev.holdfast.bench.foresight;

import org.jspecify.annotations.NullMarked;
