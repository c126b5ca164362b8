package dev.holdfast.control.console;

import dev.holdfast.wire.Status;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// What is live of a site: one sentence, and a line for each machine.
///
/// Equal when nothing that is shown differs, so that a page which asks again can be told "the
/// same".
///
/// @param headline the sentence
/// @param agreement of the tables, in words
record Overview(
        String site,
        long revision,
        Tone tone,
        String headline,
        String agreement,
        Machines nodes,
        Machines hosts) {

    /// Those of one kind; the ones that need somebody come first.
    ///
    /// @param shown as many as a page bears
    /// @param more how many are not shown
    record Machines(List<Machine> shown, int more, int all, long inStep, long needSomebody) {

        private static final int BEARABLE = 100;

        static Machines of(List<Machine> all) {
            List<Machine> shown =
                    all.stream()
                            .sorted(
                                    Comparator.comparingInt(Machines::urgency)
                                            .thenComparing(Machine::name))
                            .limit(BEARABLE)
                            .toList();
            return new Machines(
                    shown,
                    all.size() - shown.size(),
                    all.size(),
                    all.stream().filter(machine -> machine.tone() == Tone.GOOD).count(),
                    all.stream().filter(Machine::needsSomebody).count());
        }

        private static int urgency(Machine machine) {
            return switch (machine.tone()) {
                case BAD -> 0;
                case BUSY -> 1;
                case UNKNOWN -> 2;
                case GOOD, OFF -> 3;
            };
        }
    }

    static Overview of(Status status) {
        long revision = status.revision();
        Machines nodes =
                Machines.of(
                        status.nodes().stream().map(seen -> Machine.node(seen, revision)).toList());
        Machines hosts = Machines.of(status.hosts().stream().map(Machine::host).toList());
        return new Overview(
                status.site(),
                revision,
                tone(nodes, hosts, status.agree()),
                headline(revision, nodes, hosts),
                agreement(status.agree(), nodes),
                nodes,
                hosts);
    }

    /// Names what a browser last saw, in few characters.
    public String mark() {
        return Integer.toHexString(
                Objects.hash(revision, headline, agreement, nodes.toString(), hosts.toString()));
    }

    private static Tone tone(Machines nodes, Machines hosts, @Nullable Boolean agree) {
        if (Boolean.FALSE.equals(agree) || nodes.needSomebody() + hosts.needSomebody() > 0) {
            return Tone.BAD;
        }
        if (nodes.all() == 0) {
            return Tone.UNKNOWN;
        }
        return nodes.inStep() == nodes.all() ? Tone.GOOD : Tone.BUSY;
    }

    private static String headline(long revision, Machines nodes, Machines hosts) {
        if (nodes.all() == 0) {
            return "No load balancers yet.";
        }
        String live =
                "Revision %d is live on %d of %d %s."
                        .formatted(
                                revision,
                                nodes.inStep(),
                                nodes.all(),
                                nodes.all() == 1 ? "load balancer" : "load balancers");
        long needy = nodes.needSomebody() + hosts.needSomebody();
        if (needy == 0) {
            return live;
        }
        Machine first = (nodes.needSomebody() > 0 ? nodes : hosts).shown().getFirst();
        return live
                + " "
                + first.name()
                + ": "
                + first.state()
                + (needy > 1 ? ", and " + (needy - 1) + " more." : ".");
    }

    private static String agreement(@Nullable Boolean agree, Machines nodes) {
        if (agree == null) {
            return nodes.all() == 0 ? "nothing to compare" : "waiting for all to report";
        }
        return agree ? "all tables agree" : "tables DIFFER";
    }
}
