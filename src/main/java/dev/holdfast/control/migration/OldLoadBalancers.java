package dev.holdfast.control.migration;

import dev.holdfast.control.problem.Faults;
import dev.holdfast.control.problem.Refusal;
import dev.holdfast.control.revision.Edit;
import dev.holdfast.control.service.KnownService;
import dev.holdfast.control.site.MachineAddresses;
import dev.holdfast.control.site.SiteSettings;
import dev.holdfast.control.site.Sites;
import dev.holdfast.wire.Family;
import dev.holdfast.wire.IpAddress;
import dev.holdfast.wire.LegacyDestination;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.springframework.stereotype.Component;

/// The old load balancers of a service: who may be one, and which ordinal each has.
@Component
class OldLoadBalancers {

    private final Sites sites;
    private final MachineAddresses machines;

    OldLoadBalancers(Sites sites, MachineAddresses machines) {
        this.sites = sites;
        this.machines = machines;
    }

    static List<IpAddress> addresses(Course course) {
        return course.legacy().stream().map(LegacyDestination::address).toList();
    }

    /// How others are told of one.
    static String called(IpAddress address) {
        return "old load balancer " + address;
    }

    /// Those that stay keep their ordinals and weights; those that are new get new ordinals.
    ///
    /// @return in ascending order of their ordinals
    /// @throws Refusal (400) when an address cannot be that of a machine, (409) when another
    ///   machine of the site has it
    List<LegacyDestination> joined(
            Edit edit, List<IpAddress> wanted, List<LegacyDestination> known) {
        SiteSettings site = sites.settings(edit);
        Faults faults = new Faults();
        IntStream.range(0, wanted.size())
                .forEach(
                        i -> machines.check(site, "legacyHosts[" + i + "]", wanted.get(i), faults));
        faults.refuseIfAny();
        Map<IpAddress, LegacyDestination> there = new HashMap<>();
        known.forEach(one -> there.put(one.address(), one));
        for (IpAddress address : wanted) {
            if (!there.containsKey(address)) {
                machines.refuseIfTaken(edit, called(address), address);
                there.put(address, new LegacyDestination(address, edit.takeOrdinal(), 1));
            }
        }
        return wanted.stream()
                .map(address -> Objects.requireNonNull(there.get(address)))
                .sorted(Comparator.comparingLong(LegacyDestination::ordinal))
                .toList();
    }

    void refuseOtherFamily(KnownService service, Course course, Family vip) {
        for (LegacyDestination one : course.legacy()) {
            if (one.address().family() != vip) {
                throw Refusal.conflict(
                        "service %s is being moved from %s, which an %s VIP does not reach: change"
                                        .formatted(service.name(), called(one.address()), vip)
                                + " its migration first");
            }
        }
    }
}
