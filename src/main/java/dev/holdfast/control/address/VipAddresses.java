package dev.holdfast.control.address;

import dev.holdfast.control.problem.Faults;
import dev.holdfast.control.problem.Problem;
import dev.holdfast.control.problem.Refusal;
import dev.holdfast.control.site.FreeAddresses;
import dev.holdfast.control.site.SiteSettings;
import dev.holdfast.wire.Family;
import dev.holdfast.wire.IpAddress;
import dev.holdfast.wire.Prefix;
import dev.holdfast.wire.Vip;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// Chooses the address of a VIP: the one asked for, the one it has, or the lowest free one.
@Component
class VipAddresses {

    private final VipRepository repository;
    private final FreeAddresses free;

    VipAddresses(VipRepository repository, JdbcClient jdbc) {
        this.repository = repository;
        this.free = new FreeAddresses(jdbc, "vip", "address");
    }

    /// @param known the VIP as it is, when there is one
    /// @throws Refusal when the body contradicts the site, itself or another VIP, or nothing is
    ///   free
    IpAddress choose(
            long siteId, SiteSettings site, String name, Vip body, Optional<VipEntity> known) {
        check(site, name, body);
        if (body.address() != null) {
            refuseIfTaken(siteId, name, body.address());
            return body.address();
        }
        Family family = body.family();
        if (known.isPresent() && (family == null || known.get().address().family() == family)) {
            return known.get().address();
        }
        Family chosen = family == null ? usual(site) : family;
        List<Prefix> ranges = site.vipRanges(chosen);
        return free.lowest(siteId, ranges)
                .orElseThrow(() ->
                        new Refusal(
                                Problem.EXHAUSTED,
                                "address",
                                "no free address in " + text(ranges),
                                "a free one: delete a VIP or add to the site's vipRanges"));
    }

    private static void check(SiteSettings site, String name, Vip body) {
        Faults faults = new Faults();
        faults.sameName(name, body.name());
        IpAddress address = body.address();
        Family family = body.family();
        if (address != null) {
            faults.unless(
                    site.isVip(address),
                    "address",
                    address,
                    "an address in the site's vipRanges " + text(site.vipRanges()));
            faults.unless(
                    family == null || family == address.family(),
                    "family",
                    family,
                    address.family() + ", that of the address, or left out");
        } else if (family != null) {
            faults.unless(
                    !site.vipRanges(family).isEmpty(),
                    "family",
                    family,
                    "that of one of the site's vipRanges " + text(site.vipRanges()));
        }
        faults.refuseIfAny();
    }

    private void refuseIfTaken(long siteId, String name, IpAddress address) {
        repository
                .findBySiteIdAndAddress(siteId, address)
                .filter(other -> !other.name().equals(name))
                .ifPresent(other -> {
                    throw new Refusal(
                            Problem.CONFLICT,
                            "address",
                            address + ", which is that of VIP " + other.name(),
                            "an address that no other VIP has");
                });
    }

    private static Family usual(SiteSettings site) {
        return site.vipRanges(Family.IPV4).isEmpty() ? Family.IPV6 : Family.IPV4;
    }

    private static String text(List<Prefix> ranges) {
        return ranges.stream().map(Prefix::toString).collect(Collectors.joining(", "));
    }
}
