/// Speaks netlink with the Linux kernel: sockets, messages, attributes, and errors that say what
/// the kernel said.
///
/// A [dev.holdfast.netlink.NetlinkSocket] sends a [dev.holdfast.netlink.NetlinkRequest] and gives
/// back [dev.holdfast.netlink.NetlinkMessage]s. The families are packages of their own that stand
/// on this one: `ipvs`, `route`, `fou`, and `generic` for the families whose number must be looked
/// up.
///
/// Knows nothing of any family, and nothing of load balancers; needs no other library. Native code
/// is in `libc` alone.
///
/// # Debugging
///
/// * Every exception names the operation, the errno, and the kernel's own words where it has any.
/// * The [System.Logger] `dev.holdfast.netlink` at level TRACE (`FINER` in java.util.logging) shows
///   every datagram in hexadecimal.
/// * The kernel can copy all netlink traffic to a capture file: `ip link add nl0 type nlmon; ip
///   link set nl0 up; tcpdump -i nl0 -w netlink.pcap`, and Wireshark takes it apart.
/// * What a known tool sends: `strace -xx -s 65536 -e trace=sendto,sendmsg ipvsadm …`.
@NullMarked
package dev.holdfast.netlink;

import org.jspecify.annotations.NullMarked;
