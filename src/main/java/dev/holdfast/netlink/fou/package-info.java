/// The receiving end of tunnels in UDP: ports at which the kernel unwraps Foo over UDP and Generic
/// UDP Encapsulation.
///
/// Knows nothing of the sending end, which is a link (`route`) or an IPVS destination (`ipvs`).
@NullMarked
package dev.holdfast.netlink.fou;

import org.jspecify.annotations.NullMarked;
