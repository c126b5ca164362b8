package dev.holdfast.control.site;

import dev.holdfast.wire.Encapsulation;
import dev.holdfast.wire.Family;
import dev.holdfast.wire.IpAddress;
import dev.holdfast.wire.Limits;
import dev.holdfast.wire.Prefix;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/// What a site asks for, with every default filled in.
///
/// @param vipRanges at least one, none overlapping another or a tunnel range
/// @param tunnelRanges not empty with FOU
/// @param encapsulation its kind is never null; its port is null for IPIP only
/// @param accepts as `encapsulation`; they and it share no UDP port, but for those that are equal
/// @param underlayMtu in bytes
/// @param limits its `cliffPercent` is never null
public record SiteSettings(
        List<Prefix> vipRanges,
        List<Prefix> tunnelRanges,
        Encapsulation encapsulation,
        List<Encapsulation> accepts,
        int underlayMtu,
        Limits limits) {

    /// The MTU of an underlay of which nothing is said, in bytes: that of Ethernet.
    public static final int UNDERLAY_MTU = 1500;

    public Encapsulation.Kind kind() {
        return Objects.requireNonNull(encapsulation.kind());
    }

    /// What hosts take packets in: the encapsulation itself, then the others, each once.
    public Set<Encapsulation> accepted() {
        return Encapsulations.accepted(encapsulation, accepts);
    }

    int cliffPercent() {
        return Objects.requireNonNull(limits.cliffPercent());
    }

    /// Whether an address may be a VIP here.
    public boolean isVip(IpAddress address) {
        return vipRanges.stream().anyMatch(range -> range.contains(address));
    }

    /// Whether an address is set aside for tunnels here.
    public boolean isTunnel(IpAddress address) {
        return tunnelRanges.stream().anyMatch(range -> range.contains(address));
    }

    /// The ranges VIPs of one family come from.
    public List<Prefix> vipRanges(Family family) {
        return vipRanges.stream().filter(range -> range.family() == family).toList();
    }

    /// The ranges tunnel addresses of one family come from.
    public List<Prefix> tunnelRanges(Family family) {
        return tunnelRanges.stream().filter(range -> range.family() == family).toList();
    }
}
