package dev.holdfast.agent.filter;

import dev.holdfast.agent.filter.Engine.Wish;
import dev.holdfast.agent.tool.ToolException;
import dev.holdfast.wire.Failure;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The machine's packet filter in front of the VIPs, kept as it is wished. For one thread.
public final class PacketFilter {
    private static final System.Logger LOG = System.getLogger(PacketFilter.class.getName());
    private static final String RESOURCE = "packet filter";

    private final Engine engine;
    private final List<Engine> all;
    private final FilterMemory memory;
    private @Nullable Wished wished;
    private String onlyOne = "";

    /// What rules come to, which a timer asks for again and again.
    private record Wished(FilterRules rules, Wish wish) {}

    /// @param memory a file of its own; it need not exist
    public PacketFilter(FilterEngine chosen, Path memory) {
        this(
                switch (chosen) {
                    case AUTO -> found();
                    case NFTABLES -> new Nftables();
                    case IPTABLES -> new Iptables("iptables");
                    case NONE -> new NoEngine();
                },
                memory);
    }

    PacketFilter(Engine engine, Path memory) {
        this.engine = engine;
        this.memory = new FilterMemory(memory);
        this.all =
                List.of(
                        new Nftables(),
                        new Iptables("iptables"),
                        new Iptables("iptables-nft"),
                        new Iptables("iptables-legacy"));
    }

    /// When neither is installed, nftables, whose complaint says what to install.
    private static Engine found() {
        Engine nftables = new Nftables();
        Engine iptables = new Iptables("iptables");
        return !nftables.isInstalled() && iptables.isInstalled() ? iptables : nftables;
    }

    /// Looks at what is there and makes it as wished: for every full round.
    public FilterOutcome ensure(FilterRules rules) {
        try {
            String place = engine.place();
            FilterOutcome outcome = reconcile(place, rules);
            removeOthers(place);
            return outcome;
        } catch (ToolException e) {
            return refused(e);
        }
    }

    /// Where rules of ours are, whichever engine made them.
    public List<String> places() {
        List<String> places = new ArrayList<>();
        for (Engine each : all) {
            try {
                if (each.isInstalled() && !each.read().isEmpty()) {
                    places.add(each.place());
                }
            } catch (ToolException e) {
                LOG.log(System.Logger.Level.WARNING, () -> e.command() + ": " + e.why());
            }
        }
        return places.stream().distinct().toList();
    }

    /// Takes away all of ours, whichever engine made it, and nothing else.
    public List<Failure> cleanup() {
        memory.forget();
        List<Failure> failures = new ArrayList<>();
        for (Engine each : all) {
            try {
                if (each.isInstalled() && !each.read().isEmpty()) {
                    each.remove();
                }
            } catch (ToolException e) {
                failures.add(failure(e));
            }
        }
        return failures;
    }

    private FilterOutcome reconcile(String place, FilterRules rules) throws ToolException {
        Wished now =
                wished != null && wished.rules().equals(rules)
                        ? wished
                        : new Wished(rules, engine.wish(rules));
        wished = now;
        Wish wish = now.wish();
        Listing observed = engine.read();
        if (memory.agrees(place, wish, observed)) {
            return new FilterOutcome.Unchanged();
        }
        Map<String, Long> drift = memory.drift(observed);
        Listing untouched = memory.left(place, observed) ? observed : Listing.EMPTY;
        memory.forget(); // whatever comes of it, it is not what it was
        engine.apply(rules, untouched);
        Listing applied = engine.read();
        if (!applied.marks().equals(wish.marks())) {
            throw new ToolException(
                    "read back",
                    "other rules than were applied a moment ago (expected: the same; is another"
                            + " program writing them too?)");
        }
        memory.remember(place, wish, applied);
        return drift.isEmpty() ? new FilterOutcome.Applied() : new FilterOutcome.Repaired(drift);
    }

    /// After the chosen engine has its rules in place, so that a change of engine leaves no gap.
    private void removeOthers(String place) throws ToolException {
        if (place.equals(onlyOne)) {
            return;
        }
        for (Engine other : all) {
            if (other.isInstalled() && !other.place().equals(place) && mayHoldOurs(other)) {
                other.remove();
            }
        }
        onlyOne = place;
    }

    /// What cannot be read is not in the way of the chosen engine.
    private static boolean mayHoldOurs(Engine engine) {
        try {
            return !engine.read().isEmpty();
        } catch (ToolException e) {
            LOG.log(System.Logger.Level.WARNING, () -> e.command() + ": " + e.why());
            return false;
        }
    }

    private static FilterOutcome refused(ToolException e) {
        return new FilterOutcome.Refused(failure(e));
    }

    private static Failure failure(ToolException e) {
        return new Failure(RESOURCE, e.command(), e.why());
    }
}
