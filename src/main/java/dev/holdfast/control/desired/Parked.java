package dev.holdfast.control.desired;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// The open questions of one kind of machine, by site and name, so that those whom a change
/// concerns are found without looking at the others.
final class Parked {

    private final Map<String, Map<String, Set<Waiter>>> sites = new ConcurrentHashMap<>();

    void add(Waiter waiter) {
        sites.compute(
                waiter.site(),
                (_, known) -> {
                    Map<String, Set<Waiter>> names =
                            known == null ? new ConcurrentHashMap<>() : known;
                    names.computeIfAbsent(waiter.name(), _ -> ConcurrentHashMap.newKeySet())
                            .add(waiter);
                    return names;
                });
    }

    void remove(Waiter waiter) {
        sites.computeIfPresent(
                waiter.site(),
                (_, names) -> {
                    names.computeIfPresent(
                            waiter.name(),
                            (_, waiters) -> {
                                waiters.remove(waiter);
                                return waiters.isEmpty() ? null : waiters;
                            });
                    return names.isEmpty() ? null : names;
                });
    }

    List<Waiter> of(String site) {
        return sites.getOrDefault(site, Map.of()).values().stream().flatMap(Set::stream).toList();
    }

    List<Waiter> of(String site, Set<String> names) {
        Map<String, Set<Waiter>> waiting = sites.getOrDefault(site, Map.of());
        return names.stream()
                .map(name -> waiting.getOrDefault(name, Set.of()))
                .flatMap(Set::stream)
                .toList();
    }

    List<Waiter> all() {
        return sites.keySet().stream().map(this::of).flatMap(List::stream).toList();
    }
}
