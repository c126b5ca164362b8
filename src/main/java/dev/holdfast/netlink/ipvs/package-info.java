/// IPVS over generic netlink: services, their destinations, and the counters of both.
///
/// ```java
/// try (IpvsClient ipvs = IpvsClient.open()) {
///     ServiceKey web = ServiceKey.tcp(vip, 80);
///     ipvs.add(VirtualService.of(web, "mh", ServiceFlag.MH_PORT, ServiceFlag.MH_FALLBACK));
///     ipvs.add(web, Destination.of(host, 80, 1, new Forwarding.Gue(6080, Checksum.NONE)));
///     ipvs.destinations(web).forEach(System.out::println);
/// }
/// ```
///
/// What identifies a thing ([dev.holdfast.netlink.ipvs.ServiceKey]), what one asks for
/// ([dev.holdfast.netlink.ipvs.VirtualService]) and what is seen
/// ([dev.holdfast.netlink.ipvs.ObservedService]) are types of their own, so that a comparison
/// cannot trip over a counter.
///
/// There is no flush, by intent: who wants everything gone says what everything is. Knows nothing
/// of load balancing policy.
@NullMarked
package dev.holdfast.netlink.ipvs;

import org.jspecify.annotations.NullMarked;
