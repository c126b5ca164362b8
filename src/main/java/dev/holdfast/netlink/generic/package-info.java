/// Generic netlink: families that have a name and a number which the kernel gives out.
///
/// Knows nothing of any one family.
@NullMarked
package dev.holdfast.netlink.generic;

import org.jspecify.annotations.NullMarked;
