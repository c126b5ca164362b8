/// The node agent: makes a machine what the control plane says it should be, and tells what it saw.
///
/// Runs without Spring and without a control plane. Knows nothing of other machines but their
/// addresses.
@NullMarked
package dev.holdfast.agent;

import org.jspecify.annotations.NullMarked;
