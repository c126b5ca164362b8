package dev.holdfast.bench.thin;

import dev.holdfast.agent.kernel.LinuxKernel;
import dev.holdfast.agent.reconcile.Outcome;
import dev.holdfast.agent.reconcile.Reconciler;
import dev.holdfast.agent.watch.NodeDesired;
import dev.holdfast.agent.watch.StateFile;
import dev.holdfast.bench.Spread;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.LongSupplier;

/// The part that runs inside the guest: an empty IPVS gets all services of a site, by turns from
/// the agent and from `ipvsadm -R`; and then one change after the other. Prints a [Figures] line.
public final class FullSync {

    private static final int WARM_UP = 2;
    private static final int ROUNDS = 5;
    private static final int DELTAS = 100;

    private final LinuxKernel kernel;

    private FullSync(LinuxKernel kernel) {
        this.kernel = kernel;
    }

    /// @param directories each with a site's state, rules for `ipvsadm` and two deltas
    public static void main(String[] directories) throws Exception {
        run("ip link set lo up");
        Yardstick.millis(); // the first time is the compiler's
        long yardstick = Yardstick.millis();
        try (LinuxKernel kernel = LinuxKernel.open()) {
            FullSync all = new FullSync(kernel);
            for (String directory : directories) {
                System.out.println(all.site(Path.of(directory), yardstick));
            }
        }
    }

    private Figures site(Path directory, long yardstick) throws Exception {
        NodeDesired state = new StateFile(directory).loadNode().orElseThrow();
        Spread agent = new Spread();
        Spread ipvsadm = new Spread();
        Spread inOneGo = new Spread();
        for (int round = 0; round < WARM_UP + ROUNDS; round++) {
            run("ipvsadm -C");
            long own = time(() -> full(new Reconciler(kernel), state));
            var wanted = java.util.Set.copyOf(kernel.services());
            run("ipvsadm -C");
            long theirs = time(() -> run("ipvsadm -R <" + directory.resolve("rules")));
            if (!wanted.equals(java.util.Set.copyOf(kernel.services()))) {
                throw new IllegalStateException("ipvsadm made other services (expected: the same)");
            }
            run("ipvsadm -C");
            long late = time(() -> run("ipvsadm -R <" + directory.resolve("rules-late")));
            if (round >= WARM_UP) {
                agent.add(own);
                ipvsadm.add(theirs);
                inOneGo.add(late);
            }
        }
        run("ipvsadm -C");
        return new Figures(
                state.services().sorted().size(),
                agent.percentileMillis(50),
                ipvsadm.percentileMillis(50),
                inOneGo.percentileMillis(50),
                deltas(directory, state).percentileMillis(50),
                yardstick);
    }

    private Spread deltas(Path directory, NodeDesired state) throws Exception {
        NodeDesired heavier = state.merge(Files.readAllBytes(directory.resolve("delta1")));
        NodeDesired asBefore = heavier.merge(Files.readAllBytes(directory.resolve("delta2")));
        Reconciler reconciler = new Reconciler(kernel);
        full(reconciler, asBefore);
        Spread spread = new Spread();
        for (int i = 0; i < DELTAS; i++) {
            NodeDesired next = i % 2 == 0 ? heavier : asBefore;
            long took =
                    time(() -> {
                        Outcome outcome = well(reconciler.change(next));
                        return outcome.taken().size();
                    });
            if (i >= DELTAS / 2) {
                spread.add(took);
            }
        }
        return spread;
    }

    private static long full(Reconciler reconciler, NodeDesired state) {
        return well(reconciler.full(state)).taken().size();
    }

    private static Outcome well(Outcome outcome) {
        if (!outcome.failures().isEmpty() || outcome.taken().isEmpty()) {
            throw new IllegalStateException("not applied: " + outcome.failures());
        }
        return outcome;
    }

    /// @param work answers with something, so that none of it can be left out
    private static long time(LongSupplier work) {
        long start = System.nanoTime();
        if (work.getAsLong() < 0) {
            throw new IllegalStateException();
        }
        return System.nanoTime() - start;
    }

    private static long run(String script) {
        try {
            Process process = new ProcessBuilder("sh", "-c", script).inheritIO().start();
            if (process.waitFor() != 0) {
                throw new IllegalStateException(script + ": exit " + process.exitValue());
            }
            return 0;
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
