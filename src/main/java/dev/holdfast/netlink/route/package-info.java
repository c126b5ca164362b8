/// Links, their addresses and routes, over route netlink.
///
/// ```java
/// try (RouteClient route = RouteClient.open()) {
///     Tunnel tunnel = Tunnel.Ipip.of(local, remote, 64).in(new TunnelEncapsulation.Fou(5555));
///     route.links().add(Link.tunnel("t1", tunnel).inGroup(219));
///     route.links().up("t1");
///     route.routes().add(Route.to(IpPrefix.host(address)).through("t1").by(219));
/// }
/// ```
///
/// Links are named by their names everywhere; the numbers the kernel wants are looked up. Knows
/// nothing of why a link or a route is wanted.
@NullMarked
package dev.holdfast.netlink.route;

import org.jspecify.annotations.NullMarked;
