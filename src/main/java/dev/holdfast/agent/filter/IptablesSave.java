package dev.holdfast.agent.filter;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// The `filter` table as `iptables-save` prints it, ours told apart from everybody else's.
///
/// Ours are the chains with our name, all that is in them, and in other chains the rules whose
/// comment is one of ours.
///
/// @param chains ours
/// @param inOurChains rules of our chains, in their order
/// @param inSharedChains our rules in chains that are not ours, in their order
/// @param foreignTargets where rules of others lead
/// @param foreignAhead how many rules of others stand in INPUT before the first of ours; 0 when
///   there is none of ours
record IptablesSave(
        Set<String> chains,
        List<Entry> inOurChains,
        List<Entry> inSharedChains,
        Set<String> foreignTargets,
        int foreignAhead) {

    /// One rule.
    ///
    /// @param comment empty when it has none
    /// @param target empty when it leads nowhere
    /// @param text as printed, without the `-A` in front
    record Entry(String chain, String comment, String target, String text) {

        /// What its comment holds of a mark.
        String mark() {
            return comment.startsWith(Mark.PREFIX) ? comment.split(" ", 2)[0] : "";
        }

        private static Entry parse(String text) {
            List<String> words = words(text);
            return new Entry(
                    words.getFirst(),
                    after(words, Set.of("--comment")),
                    after(words, Set.of("-j", "-g")),
                    text);
        }

        private static String after(List<String> words, Set<String> options) {
            for (int i = 1; i < words.size() - 1; i++) {
                if (options.contains(words.get(i))) {
                    return words.get(i + 1);
                }
            }
            return "";
        }
    }

    static IptablesSave parse(String output) {
        Set<String> chains = new LinkedHashSet<>();
        List<Entry> ours = new ArrayList<>();
        List<Entry> shared = new ArrayList<>();
        Set<String> foreignTargets = new HashSet<>();
        int foreignInInput = 0;
        int ahead = 0;
        for (String line : tableFilter(output)) {
            if (line.startsWith(":") && isOurChain(line.substring(1).split(" ", 2)[0])) {
                chains.add(line.substring(1).split(" ", 2)[0]);
            } else if (line.startsWith("-A ")) {
                Entry entry = Entry.parse(line.substring(3));
                boolean input = entry.chain.equals(IptablesChains.SHARED);
                if (isOurChain(entry.chain)) {
                    ours.add(entry);
                } else if (!entry.mark().isEmpty()) {
                    ahead = input && isFirst(shared) ? foreignInInput : ahead;
                    shared.add(entry);
                } else {
                    foreignTargets.add(entry.target);
                    foreignInInput += input ? 1 : 0;
                }
            }
        }
        return new IptablesSave(chains, ours, shared, foreignTargets, ahead);
    }

    boolean isEmpty() {
        return chains.isEmpty() && inSharedChains.isEmpty();
    }

    private static boolean isFirst(List<Entry> shared) {
        return shared.stream().noneMatch(entry -> entry.chain.equals(IptablesChains.SHARED));
    }

    private static boolean isOurChain(String chain) {
        return chain.equals(IptablesChains.PRODUCT)
                || chain.startsWith(IptablesChains.PRODUCT + "-");
    }

    private static List<String> tableFilter(String output) {
        return output.lines()
                .dropWhile(line -> !line.equals("*filter"))
                .takeWhile(line -> !line.equals("COMMIT"))
                .toList();
    }

    /// Splits as a shell does: at blanks, but not within double quotes; a backslash takes the next
    /// character as it is. A comment of somebody else may well contain ` -j HOLDFAST`.
    private static List<String> words(String text) {
        List<String> words = new ArrayList<>();
        StringBuilder word = new StringBuilder();
        boolean quoted = false;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\\' && i + 1 < text.length()) {
                word.append(text.charAt(++i));
            } else if (c == '"') {
                quoted = !quoted;
            } else if (c == ' ' && !quoted) {
                words.add(word.toString());
                word.setLength(0);
            } else {
                word.append(c);
            }
        }
        words.add(word.toString());
        return words;
    }
}
