package dev.holdfast.agent.filter;

import static java.util.Objects.requireNonNull;

import dev.holdfast.agent.filter.Listing.Line;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Reads what `nft -s list table` prints: rules in their order; elements of sets sorted, because
/// the kernel keeps them in none, and one to a line, because nft breaks its lines where they are
/// full.
final class NftablesListing {
    private static final Pattern COMMENT = Pattern.compile(" comment \"(hf:[^ \"]*)[^\"]*\"$");
    private static final String ELEMENTS = "elements = {";

    private final List<Line> lines = new ArrayList<>();
    private final StringBuilder elements = new StringBuilder();
    private String place = "";
    private boolean withinElements;

    private NftablesListing() {}

    static Listing parse(String output) {
        NftablesListing listing = new NftablesListing();
        output.lines().map(String::strip).filter(line -> !line.isEmpty()).forEach(listing::take);
        return new Listing(listing.lines);
    }

    private void take(String line) {
        if (withinElements || line.startsWith(ELEMENTS)) {
            takeElements(line);
        } else if (line.endsWith("{") && !line.contains("\"")) {
            place = line.substring(0, line.length() - 1).strip();
            lines.add(new Line(place, "", "exists"));
        } else if (!line.equals("}")) {
            lines.add(new Line(place, mark(line), line));
        }
    }

    private void takeElements(String line) {
        boolean last = line.endsWith("}");
        String rest = line.startsWith(ELEMENTS) ? line.substring(ELEMENTS.length()) : line;
        elements.append(last ? rest.substring(0, rest.length() - 1) : rest).append(' ');
        withinElements = !last;
        if (last) {
            TreeSet<String> sorted = new TreeSet<>();
            for (String element : elements.toString().split(",", -1)) {
                sorted.add(element.strip());
            }
            sorted.forEach(element -> lines.add(new Line(place, key(element), element)));
            elements.setLength(0);
        }
    }

    private static String mark(String rule) {
        Matcher comment = COMMENT.matcher(rule);
        return comment.find() ? requireNonNull(comment.group(1)) : "";
    }

    /// `198.51.100.1 . tcp . 443` of `198.51.100.1 . tcp . 443 comment "shop" : accept`.
    private static String key(String element) {
        return element.split(" comment | : ", 2)[0];
    }
}
