/// The scripted kernel and captures of the real one, which the families' tests share.
@NullMarked
package dev.holdfast.netlink;

import org.jspecify.annotations.NullMarked;
