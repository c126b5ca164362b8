/// Stories of a whole site: a control plane on this side, and agents on a real kernel.
@NullMarked
package dev.holdfast.story;

import org.jspecify.annotations.NullMarked;
