package dev.holdfast.agent.filter;

import dev.holdfast.wire.Family;
import dev.holdfast.wire.Prefix;
import dev.holdfast.wire.ServiceState;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// What the filter must let in, and what it guards: the whole desired state of a packet filter.
///
/// @param vipRanges traffic to these is dropped unless a service claims it. A service's VIP outside
///   of all of them is guarded too, as a range of one address
/// @param services by name
public record FilterRules(List<Prefix> vipRanges, List<FilteredService> services) {

    public FilterRules {
        services = services.stream().sorted(Comparator.comparing(FilteredService::name)).toList();
        Map<String, String> owners = new HashMap<>();
        List<Prefix> guarded = new ArrayList<>(vipRanges);
        for (FilteredService service : services) {
            guarded.add(Prefix.host(service.vip()));
            for (FilteredService.Port port : service.ports()) {
                String claim = service.vip() + " " + port.protocol() + " " + port.port();
                String owner = owners.putIfAbsent(claim, service.name());
                if (owner != null) {
                    throw new IllegalArgumentException(
                            "service %s claims %s (expected: nobody else's; %s has it)"
                                    .formatted(service.name(), claim, owner));
                }
            }
        }
        vipRanges = Prefixes.merge(guarded);
    }

    /// @throws IllegalArgumentException when two services claim the same address, protocol and port
    public static FilterRules of(List<Prefix> vipRanges, List<ServiceState> services) {
        return new FilterRules(vipRanges, services.stream().map(FilteredService::of).toList());
    }

    List<Prefix> vipRanges(Family family) {
        return vipRanges.stream().filter(range -> range.family() == family).toList();
    }

    List<FilteredService> services(Family family) {
        return services.stream().filter(service -> service.vip().family() == family).toList();
    }
}
