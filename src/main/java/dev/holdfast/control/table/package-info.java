/// The kernel's own tables of what the control plane stores.
@NullMarked
package dev.holdfast.control.table;

import org.jspecify.annotations.NullMarked;
