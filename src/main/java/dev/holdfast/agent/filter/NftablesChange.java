package dev.holdfast.agent.filter;

import dev.holdfast.agent.filter.NftablesScript.Block;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/// The way from a table as we left it to another one, make before break: first what is new, and the
/// rules that lead to it; then, in a transaction of its own, away with what nothing leads to.
///
/// A chain whose rules stay the same is not touched, and so keeps its counters.
final class NftablesChange {
    private final List<Block> made = new ArrayList<>();
    private final List<String> flushed = new ArrayList<>();
    private final List<String> gone = new ArrayList<>();

    /// @param before what is there; nobody else touched it
    NftablesChange(NftablesScript wished, Listing before) {
        Map<String, List<Listing.Line>> there = before.byPlace();
        Set<String> wishedPlaces = new HashSet<>();
        for (Block block : wished.blocks()) {
            wishedPlaces.add(block.place());
            List<Listing.Line> lines = there.get(block.place());
            if (lines == null) {
                made.add(block);
            } else if (!marks(block.rules()).equals(marks(lines))) {
                made.add(block);
                flushed.add(named(block.place()));
            }
        }
        there.keySet().stream()
                .filter(place -> !place.startsWith("table ") && !wishedPlaces.contains(place))
                .forEach(gone::add);
    }

    /// The first transaction; empty when there is nothing to make.
    String make() {
        if (made.isEmpty()) {
            return "";
        }
        StringBuilder text = new StringBuilder();
        flushed.forEach(chain -> text.append("flush ").append(chain).append('\n'));
        return text.append(NftablesScript.table(made)).toString();
    }

    /// The second one; empty when there is nothing to take away.
    String cut() {
        StringBuilder text = new StringBuilder();
        // Maps lead to chains, and chains to maps and sets: emptied first, nothing holds another.
        for (String kind : List.of("chain ", "map ")) {
            each(kind, place -> text.append("flush ").append(place).append('\n'));
        }
        for (String kind : List.of("map ", "set ", "chain ")) {
            each(kind, place -> text.append("delete ").append(place).append('\n'));
        }
        return text.toString();
    }

    private void each(String kind, Consumer<String> work) {
        gone.stream()
                .filter(place -> place.startsWith(kind))
                .map(NftablesChange::named)
                .forEach(work);
    }

    private static List<String> marks(List<Listing.Line> lines) {
        return lines.stream().filter(Listing.Line::isOurRule).map(Listing.Line::mark).toList();
    }

    /// `chain inet holdfast input` of `chain input`.
    private static String named(String place) {
        String[] words = place.split(" ", 2);
        return words[0] + " inet " + NftablesScript.TABLE + " " + words[1];
    }
}
