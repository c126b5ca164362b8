package dev.holdfast.agent.filter;

import static java.util.stream.Collectors.toList;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// What of ours the kernel holds, in the words of the tool that read it.
///
/// @param lines in the kernel's order where order has a meaning, else sorted
record Listing(List<Line> lines) {

    static final Listing EMPTY = new Listing(List.of());

    /// One rule, element or property.
    ///
    /// @param place the chain, set or map it is in
    /// @param mark what it is known by however it was edited: our comment, or the key of an
    ///   element; empty where there is none
    record Line(String place, String mark, String text) {
        boolean isOurRule() {
            return mark.startsWith(Mark.PREFIX);
        }
    }

    Listing {
        lines = List.copyOf(lines);
    }

    boolean isEmpty() {
        return lines.isEmpty();
    }

    /// Every chain, set and map, in order, with what is in it.
    Map<String, List<Line>> byPlace() {
        return lines.stream()
                .collect(Collectors.groupingBy(Line::place, LinkedHashMap::new, toList()));
    }

    String fingerprint() {
        return Mark.ofAll(lines.stream().map(line -> line.place() + " " + line.text()).toList());
    }

    /// The marks of our rules with their places, sorted.
    List<String> marks() {
        return sortedMarks(lines.stream());
    }

    static List<String> sortedMarks(Stream<Line> lines) {
        return lines.filter(Line::isOurRule)
                .map(line -> line.place() + " " + line.mark())
                .sorted()
                .toList();
    }
}
