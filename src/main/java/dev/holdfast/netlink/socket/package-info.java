/// Plain TCP and UDP sockets with what `java.net` cannot set: a firewall mark.
///
/// Knows nothing of what is said over them, or why.
@NullMarked
package dev.holdfast.netlink.socket;

import org.jspecify.annotations.NullMarked;
