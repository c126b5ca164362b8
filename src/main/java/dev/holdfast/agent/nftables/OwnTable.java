package dev.holdfast.agent.nftables;

import dev.holdfast.agent.tool.Tool;
import dev.holdfast.agent.tool.ToolException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// A table of nftables that nobody else writes to, kept as it was written.
///
/// A change is made before it is broken: first the new rules, and in a transaction of its own away
/// with what no rule leads to any more. Before Linux 6.17 a packet in the middle of old rules finds
/// the sets and maps empty that their transaction takes away: so a set or map whose elements change
/// needs another name, and the name is best made of its elements.
///
/// An empty chain whose name is the hash of the text, the seal, says, also after a restart of the
/// agent, what was written. It goes with the first transaction and comes with the last: an agent
/// that is killed between the two finds none, and does both again.
public final class OwnTable {

    private static final String ABSENT = "No such file or directory";
    private static final Pattern NAMED =
            Pattern.compile("^\\s*(chain|set|map) (\\S+) \\{", Pattern.MULTILINE);

    /// How no chain of a text is named.
    private static final String SEAL = "hf-";

    private final Tool nft;
    private final String family;
    private final String name;

    /// What `nft` showed once our rules were in.
    private @Nullable String shown;

    /// @param family such as `ip` or `inet`
    /// @param name beginning with `holdfast`
    public OwnTable(Tool nft, String family, String name) {
        this.nft = nft;
        this.family = family;
        this.name = name;
    }

    /// Whether this machine can have it.
    public boolean isPossible() {
        return nft.exists();
    }

    public boolean isThere() throws ToolException {
        return isPossible() && read().isPresent();
    }

    /// Makes the table hold this and nothing else.
    ///
    /// @param body what stands between the table's braces
    /// @return whether somebody had changed what was written before
    public boolean keep(String body) throws ToolException {
        String seal = SEAL + UUID.nameUUIDFromBytes(body.getBytes(StandardCharsets.UTF_8));
        Optional<String> there = read();
        if (isAsWritten(seal, there)) {
            return false;
        }
        boolean drifted = shown != null && !there.equals(Optional.of(shown));
        String rules = "table %s %s {\n%s}\n".formatted(family, name, body);
        String sealed = rules + "add " + named("chain " + seal);
        if (there.isEmpty()) {
            run(sealed);
        } else if (drifted) {
            run("delete " + table() + sealed);
        } else {
            change(rules, seal, there.get());
        }
        shown = read().orElse(null);
        return drifted;
    }

    /// Takes it away, if it is there.
    public void remove() throws ToolException {
        if (isThere()) {
            run("delete " + table());
        }
        shown = null;
    }

    /// After a start of the agent the seal alone says that the rules are those it would write.
    private boolean isAsWritten(String seal, Optional<String> there) {
        if (there.isEmpty() || !there.get().contains(seal)) {
            return false;
        }
        if (shown == null) {
            shown = there.get();
        }
        return there.get().equals(shown);
    }

    private void change(String rules, String seal, String there) throws ToolException {
        Set<String> before = places(there);
        Set<String> after = places(rules);
        StringBuilder make = new StringBuilder();
        StringBuilder cut = new StringBuilder("add " + named("chain " + seal));
        before.stream()
                .filter(OwnTable::isSeal)
                .forEach(place -> make.append("delete ").append(named(place)));
        before.removeIf(OwnTable::isSeal);
        for (String place : before) {
            if (after.contains(place) && place.startsWith("chain")) {
                make.append("flush ").append(named(place));
            }
        }
        // A chain may lead to a map and a map to a chain: what is flushed holds nothing.
        for (String work : new String[] {"flush ", "delete "}) {
            before.stream()
                    .filter(place -> !after.contains(place) && !place.startsWith("set"))
                    .forEach(place -> cut.append(work).append(named(place)));
        }
        before.stream()
                .filter(place -> !after.contains(place) && place.startsWith("set"))
                .forEach(place -> cut.append("delete ").append(named(place)));
        run(make + rules);
        // The kernel takes a transaction back only after a grace period of RCU, which lasts until
        // every packet that was under way has left the rules. And this checks the script.
        nft.run(cut.toString(), "-c", "-f", "-").orThrow();
        run(cut.toString());
    }

    private static boolean isSeal(String place) {
        return place.startsWith("chain " + SEAL);
    }

    /// `chain outer` and so on, in the order of the text.
    private static Set<String> places(String text) {
        Set<String> places = new LinkedHashSet<>();
        NAMED.matcher(text)
                .results()
                .forEach(found -> places.add(found.group(1) + " " + found.group(2)));
        return places;
    }

    private String named(String place) {
        String[] words = place.split(" ", 2);
        return words[0] + " " + family + " " + name + " " + words[1] + "\n";
    }

    private String table() {
        return "table " + family + " " + name + "\n";
    }

    private void run(String script) throws ToolException {
        nft.run(script, "-f", "-").orThrow();
    }

    /// @return empty when there is no such table
    private Optional<String> read() throws ToolException {
        Tool.Answer answer = nft.run("", "-s", "list", "table", family, name);
        if (answer.exit() != 0 && answer.complaint().contains(ABSENT)) {
            return Optional.empty();
        }
        return Optional.of(answer.orThrow());
    }
}
