/// Kernel settings under `/proc/sys`, with errors that say which one and why.
///
/// Knows nothing of netlink.
@NullMarked
package dev.holdfast.netlink.sysctl;

import org.jspecify.annotations.NullMarked;
