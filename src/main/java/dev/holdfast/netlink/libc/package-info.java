/// The C library's socket calls, through the Foreign Function API: all the native code there is.
///
/// Knows nothing of netlink: numbers and bytes in, a number out.
@NullMarked
package dev.holdfast.netlink.libc;

import org.jspecify.annotations.NullMarked;
