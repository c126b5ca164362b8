package dev.holdfast.control.health;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// What more than half of those who could speak agree on.
///
/// @param why in the words of the first of them, with the names of all
record Quorum(boolean up, String why) {

    /// @param probers names of those that probe the backend and were heard from of late: who is
    ///   lost does not count, and who has no opinion yet agrees with nobody
    /// @return empty when there is no such majority: the last verdict stands
    static Optional<Quorum> of(Collection<String> probers, Collection<Opinion> opinions) {
        return agreed(true, probers, opinions).or(() -> agreed(false, probers, opinions));
    }

    private static Optional<Quorum> agreed(
            boolean up, Collection<String> probers, Collection<Opinion> opinions) {
        List<Opinion> same =
                opinions.stream()
                        .filter(opinion -> opinion.up() == up && probers.contains(opinion.node()))
                        .sorted(Comparator.comparing(Opinion::node))
                        .toList();
        if (same.size() * 2 <= probers.size()) {
            return Optional.empty();
        }
        String words =
                same.stream()
                        .flatMap(opinion -> Stream.ofNullable(opinion.why()))
                        .findFirst()
                        .orElse(up ? "it passes" : "it fails");
        String nodes = same.stream().map(Opinion::node).collect(Collectors.joining(", "));
        return Optional.of(new Quorum(up, words + " (" + nodes + ")"));
    }
}
