package dev.holdfast.control.site;

import dev.holdfast.control.problem.Faults;
import dev.holdfast.control.problem.Few;
import dev.holdfast.control.problem.Refusal;
import dev.holdfast.control.revision.Edit;
import dev.holdfast.wire.IpAddress;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// The rules for underlay addresses, which nodes and hosts share: one machine each, and none of
/// them where VIPs or tunnels are.
@Component
public class MachineAddresses {

    private final List<SiteTenants> tenants;

    MachineAddresses(List<SiteTenants> tenants) {
        this.tenants = tenants;
    }

    /// Notes what is wrong with a body's `address`.
    public void check(SiteSettings settings, @Nullable IpAddress address, Faults faults) {
        if (address == null) {
            faults.add("address", null, "the machine's address in the underlay network");
            return;
        }
        check(settings, "address", address, faults);
    }

    /// Notes what is wrong with a machine's address in some other field.
    public void check(SiteSettings settings, String field, IpAddress address, Faults faults) {
        faults.unless(Unicast.is(address), field, address, Unicast.EXPECTED);
        faults.unless(
                !settings.isVip(address), field, address, "an address outside the VIP ranges");
        faults.unless(
                !settings.isTunnel(address),
                field,
                address,
                "an address outside the tunnel ranges");
    }

    /// @param who such as `node lb1`: its own address is not in its way
    /// @throws Refusal (409) when another machine of the site has the address
    public void refuseIfTaken(Edit edit, String who, IpAddress address) {
        for (SiteTenants tenant : tenants) {
            tenant.holder(edit.siteId(), address)
                    .filter(holder -> !holder.equals(who))
                    .ifPresent(holder -> {
                        throw Refusal.conflict(
                                "address " + address + " is that of " + holder + " already");
                    });
        }
    }

    /// @param word the kind of machine
    /// @param addresses of machines that are there, by their names
    /// @throws Refusal (409) when a site's new ranges would swallow one of them
    public static void refuseIfSwallowed(
            SiteSettings after, String word, Map<String, IpAddress> addresses) {
        refuse("vipRanges", after::isVip, word, addresses);
        refuse("tunnelRanges", after::isTunnel, word, addresses);
    }

    private static void refuse(
            String ranges,
            Predicate<IpAddress> inRanges,
            String word,
            Map<String, IpAddress> addresses) {
        List<String> swallowed =
                addresses.entrySet().stream()
                        .filter(machine -> inRanges.test(machine.getValue()))
                        .map(Map.Entry::getKey)
                        .sorted()
                        .toList();
        Few.of(word, swallowed)
                .ifPresent(machines -> {
                    throw Refusal.conflict(
                            ranges
                                    + " would hold the address of "
                                    + machines
                                    + ": move those first");
                });
    }
}
