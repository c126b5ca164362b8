package dev.holdfast.agent.program;

import dev.holdfast.agent.config.AgentConfig;
import dev.holdfast.agent.duty.Duties;
import dev.holdfast.agent.guard.Guard;
import dev.holdfast.agent.guard.Refused;
import dev.holdfast.agent.kernel.Kernel;
import dev.holdfast.agent.reconcile.OpenedListeners;
import dev.holdfast.agent.reconcile.Outcome;
import dev.holdfast.agent.reconcile.Reconciler;
import dev.holdfast.agent.reconcile.Role;
import dev.holdfast.agent.report.AgentStatus;
import dev.holdfast.agent.report.Machine;
import dev.holdfast.agent.report.Metrics;
import dev.holdfast.agent.report.Reporter;
import dev.holdfast.agent.report.StatusFile;
import dev.holdfast.agent.watch.DesiredState;
import dev.holdfast.agent.watch.HostDesired;
import dev.holdfast.agent.watch.Mailbox;
import dev.holdfast.agent.watch.NodeDesired;
import dev.holdfast.agent.watch.Pace;
import dev.holdfast.agent.watch.StateFile;
import dev.holdfast.agent.watch.Watch;
import dev.holdfast.client.AgentLink;
import dev.holdfast.client.ControlPlane;
import dev.holdfast.wire.Failure;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// What `run` does: one thread asks, one tells, and this one works, woken by news and by a timer.
final class AgentLoop {

    private static final System.Logger LOG = System.getLogger(AgentLoop.class.getName());
    private static final Outcome NOTHING_DONE = new Outcome(List.of(), List.of());

    private final AgentConfig config;
    private final Kernel kernel;
    private final Reconciler reconciler;
    private final StateFile stateFile;
    private final StatusFile statusFile;
    private final AgentLink link;
    private final Duties duties;
    private final Mailbox<DesiredState> mailbox = new Mailbox<>();
    private final Guard guard;
    private final Heap heap = new Heap();
    private final Systemd systemd = Systemd.of(System.getenv());
    private List<Failure> disk = List.of();
    private @Nullable Refused refused;
    private Optional<Told> told = Optional.empty();

    /// What the last report rests on, beside the duties' findings.
    private record Told(DesiredState state, Outcome outcome, List<Failure> beside) {}

    AgentLoop(AgentConfig config, Kernel kernel, Duties duties) {
        this.config = config;
        this.kernel = kernel;
        this.duties = duties;
        this.reconciler = new Reconciler(kernel, OpenedListeners.in(config.dataDirectory()));
        this.guard = new Guard(kernel);
        this.stateFile = new StateFile(config.dataDirectory());
        this.statusFile = new StatusFile(config.dataDirectory());
        ControlPlane control = new ControlPlane(config.servers(), config.credentials());
        this.link =
                switch (config.role()) {
                    case LOAD_BALANCER -> control.node(config.site(), config.name());
                    case BACKEND -> control.host(config.site(), config.name());
                };
    }

    /// Runs until interrupted.
    void run() throws InterruptedException {
        DesiredState state = last();
        Watch watch = watch(state);
        Reporter reporter =
                new Reporter(
                        link,
                        statusFile,
                        config.report(),
                        watch::contact,
                        reconciler,
                        Machine.facts(kernel.tableSize(), announces()));
        start("watch", watch);
        start("report", reporter);
        start("metrics", () -> Metrics.serve(config.metricsPort(), reporter::latest));
        if (state != null) {
            log("started from disk", state, round(state, reconciler::full, reporter));
        } else if (!disk.isEmpty()) {
            reporter.tell(null, NOTHING_DONE, disk, duties.findings(), refused);
        }
        duties.onNews(mailbox::wake);
        systemd.ready();
        long looked = System.nanoTime();
        while (true) {
            systemd.alive();
            Duration left = config.round().minusNanos(System.nanoTime() - looked);
            Duration interval = systemd.interval();
            Optional<DesiredState> news =
                    mailbox.take(left.compareTo(interval) < 0 ? left : interval);
            boolean due = System.nanoTime() - looked >= config.round().toNanos();
            if (news.isEmpty() && !due) {
                told.ifPresent(last -> tell(last, reporter));
                continue;
            }
            DesiredState next = news.isPresent() ? admitted(state, news.get(), reporter) : state;
            if (next != null && !next.equals(state)) {
                state = next;
                save(state);
                log("applied", state, round(state, reconciler::change, reporter));
                if (!due) {
                    continue;
                }
            }
            looked = System.nanoTime(); // news without an end must not keep it from looking
            if (state != null) {
                look(state, reporter);
                heap.tidy();
            }
        }
    }

    /// Looks at everything, and mends what is not as it should be.
    private void look(DesiredState state, Reporter reporter) {
        if (!disk.isEmpty()) {
            save(state); // there may be room by now
        }
        Outcome outcome = round(state, now -> mended(now, reporter), reporter);
        if (!outcome.taken().isEmpty()) {
            log("repaired", state, outcome);
        }
    }

    /// What is refused is not kept: after a restart it is asked for, and looked at, anew.
    ///
    /// @return what this machine is to run now; null when that is nothing yet
    private @Nullable DesiredState admitted(
            @Nullable DesiredState live, DesiredState next, Reporter reporter) {
        refused = guard.objection(live, next).orElse(null);
        if (refused == null) {
            return next;
        }
        LOG.log(System.Logger.Level.ERROR, "refused: " + refused.why());
        if (live == null) {
            reporter.tell(null, NOTHING_DONE, disk, duties.findings(), refused);
            return null;
        }
        return live.with(next);
    }

    private @Nullable Boolean announces() {
        return config.role() == Role.LOAD_BALANCER ? config.bird() != null : null;
    }

    private Outcome mended(DesiredState state, Reporter reporter) {
        Outcome outcome = reconciler.full(state);
        reporter.drift(outcome);
        return outcome;
    }

    private Outcome round(
            DesiredState state, Function<DesiredState, Outcome> work, Reporter reporter) {
        List<Failure> beside = new ArrayList<>(disk);
        Duties.Round round = duties.round(state, next -> attempt(next, work));
        beside.addAll(round.beside());
        Told now = new Told(state, round.outcome(), beside);
        told = Optional.of(now);
        tell(now, reporter);
        return round.outcome();
    }

    /// A round that breaks is a failure to report and not the end of the agent: the state is on
    /// disk by now, and would be the end of the next one too.
    private static Outcome attempt(DesiredState state, Function<DesiredState, Outcome> work) {
        try {
            return work.apply(state);
        } catch (RuntimeException e) {
            LOG.log(System.Logger.Level.ERROR, "a round of revision " + state.revision(), e);
            return new Outcome(
                    List.of(), List.of(new Failure("agent", "do a round", e.toString())));
        }
    }

    private void tell(Told now, Reporter reporter) {
        reporter.tell(now.state(), now.outcome(), now.beside(), duties.findings(), refused);
    }

    /// What the disk has. An agent that cannot read it goes on without: the kernel forwards.
    private @Nullable DesiredState last() {
        try {
            Optional<DesiredState> state = LastState.load(config);
            Optional<AgentStatus> status = statusFile.load();
            if (state.isPresent()
                    && status.isPresent()
                    && status.get().applied(state.get().epoch(), state.get().revision())) {
                reconciler.trust(state.get());
            }
            return state.orElse(null);
        } catch (IOException | RuntimeException e) {
            LOG.log(System.Logger.Level.WARNING, "no state from disk: " + e.getMessage());
            disk = List.of(new Failure("disk", "read the state", String.valueOf(e.getMessage())));
            return null;
        }
    }

    private Watch watch(@Nullable DesiredState last) {
        return switch (config.role()) {
            case LOAD_BALANCER ->
                    Watch.ofNode(
                            link,
                            config.site(),
                            config.name(),
                            (NodeDesired) last,
                            mailbox,
                            Pace.usual());
            case BACKEND ->
                    Watch.ofHost(
                            link,
                            config.site(),
                            config.name(),
                            (HostDesired) last,
                            mailbox,
                            Pace.usual());
        };
    }

    private void save(DesiredState state) {
        try {
            stateFile.save(state);
            disk = List.of();
        } catch (IOException e) {
            // The machine can do its work; it could only not start without a control plane.
            List<Failure> before = disk;
            disk = List.of(new Failure("disk", "save the state", String.valueOf(e.getMessage())));
            if (!disk.equals(before)) {
                LOG.log(System.Logger.Level.ERROR, "state not saved: " + e.getMessage());
            }
        }
    }

    /// An agent that no longer asks or tells would look well on its machine: it ends, and whoever
    /// started it starts it again. The kernel forwards meanwhile.
    private static void start(String name, Runnable work) {
        Thread.ofPlatform()
                .name(name)
                .daemon()
                .uncaughtExceptionHandler((thread, why) -> {
                    LOG.log(
                            System.Logger.Level.ERROR,
                            thread.getName() + " ended: the agent ends",
                            why);
                    Runtime.getRuntime().halt(1);
                })
                .start(work);
    }

    private static void log(String what, DesiredState state, Outcome outcome) {
        LOG.log(
                System.Logger.Level.INFO,
                "%s: revision %d, %d steps, %d failures"
                        .formatted(
                                what,
                                state.revision(),
                                outcome.taken().size(),
                                outcome.failures().size()));
        outcome.failures()
                .forEach(failure ->
                        LOG.log(
                                System.Logger.Level.WARNING,
                                failure.resource()
                                        + ": "
                                        + failure.operation()
                                        + ": "
                                        + failure.error()));
    }
}
