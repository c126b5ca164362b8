/// The control plane: stores what people ask for and tells agents what to be.
///
/// One package per feature. Knows nothing of agents' insides, of Kubernetes or of the command line.
@NullMarked
package dev.holdfast.control;

import org.jspecify.annotations.NullMarked;
