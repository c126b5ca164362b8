/// Keeps the packet filter in front of the VIPs: allowed sources in, what no service claims out.
///
/// Takes values and runs `nft` or `iptables`; knows nothing of IPVS, of the control plane, or of
/// when it is called. Every rule is stateless: IPVS takes packets before conntrack confirms them,
/// so a rule with a connection state would see nothing but new ones.
@NullMarked
package dev.holdfast.agent.filter;

import org.jspecify.annotations.NullMarked;
