/// From a write to the moment that every agent has it: Holdfast's long poll beside etcd's watch.
///
/// Knows Holdfast only by its jar and by REST.
@NullMarked
package dev.holdfast.bench.propagation;

import org.jspecify.annotations.NullMarked;
