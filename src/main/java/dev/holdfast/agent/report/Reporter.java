package dev.holdfast.agent.report;

import dev.holdfast.agent.duty.Findings;
import dev.holdfast.agent.guard.Refused;
import dev.holdfast.agent.kernel.Step;
import dev.holdfast.agent.reconcile.Outcome;
import dev.holdfast.agent.reconcile.Reconciler;
import dev.holdfast.agent.watch.Contact;
import dev.holdfast.agent.watch.DesiredState;
import dev.holdfast.agent.watch.Mailbox;
import dev.holdfast.agent.watch.NodeDesired;
import dev.holdfast.client.AgentLink;
import dev.holdfast.client.ControlPlaneException;
import dev.holdfast.maglev.TableSize;
import dev.holdfast.wire.Failure;
import dev.holdfast.wire.Report;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Makes a report of each round, keeps it on disk and sends it, at once and again by timer.
public final class Reporter implements Runnable {

    private static final System.Logger LOG = System.getLogger(Reporter.class.getName());

    private final AgentLink link;
    private final StatusFile file;
    private final Duration period;
    private final Supplier<Contact> contact;
    private final Tables tables;
    private final TableSize tableSize;
    private final Report.Facts facts;
    private final Map<String, Long> repaired = new TreeMap<>();
    private final Mailbox<Report> outbox = new Mailbox<>();
    private volatile @Nullable Report latest;

    /// @param period how often to send when nothing happens
    /// @param contact how the agent stands with its control plane
    /// @param facts of the machine
    public Reporter(
            AgentLink link,
            StatusFile file,
            Duration period,
            Supplier<Contact> contact,
            Reconciler reconciler,
            Report.Facts facts) {
        this.link = link;
        this.file = file;
        this.period = period;
        this.contact = contact;
        this.tables = new Tables(reconciler);
        this.tableSize = reconciler.tableSize();
        this.facts = facts;
    }

    /// Counts what a round mended although nothing new was asked for.
    public void drift(Outcome outcome) {
        for (Step step : outcome.taken()) {
            repaired.merge(step.getClass().getSimpleName(), 1L, Long::sum);
        }
    }

    /// Tells of a round. To be called by the one thread that runs rounds.
    ///
    /// @param state what the machine runs; null when it never had one
    /// @param trouble what failed beside the kernel's tables, such as the disk
    /// @param findings of the duties
    /// @param refused the newest state, when the guard did not let it in
    public void tell(
            @Nullable DesiredState state,
            Outcome outcome,
            List<Failure> trouble,
            Findings findings,
            @Nullable Refused refused) {
        List<Failure> failures = new ArrayList<>(outcome.failures());
        failures.addAll(trouble);
        if (state != null) {
            OtherSize.failure(state, tableSize).ifPresent(failures::add);
        }
        Report report =
                new Report(
                        state == null ? null : state.epoch(),
                        state == null ? null : state.revision(),
                        refused == null ? null : refused.revision(),
                        refused == null ? null : refused.why(),
                        failures,
                        state instanceof NodeDesired node ? tables.of(node) : null,
                        repaired(findings),
                        findings.health(),
                        findings.counters(),
                        findings.announced(),
                        facts,
                        findings.withheld(),
                        findings.countedRevision(),
                        findings.chances());
        latest = report;
        keep();
        outbox.put(report);
    }

    /// The newest report; null before the first.
    public @Nullable Report latest() {
        return latest;
    }

    private Map<String, Long> repaired(Findings findings) {
        Map<String, Long> all = new TreeMap<>(repaired);
        findings.repaired().forEach((kind, count) -> all.merge(kind, count, Long::sum));
        return all;
    }

    /// Sends until interrupted.
    @Override
    public void run() {
        Report newest = null;
        String trouble = null;
        try {
            while (!Thread.currentThread().isInterrupted()) {
                Optional<Report> next = outbox.take(period);
                newest = next.orElse(newest);
                if (newest != null) {
                    trouble = send(newest, trouble);
                    if (next.isEmpty()) {
                        keep();
                    }
                } else if (hasNeverWorked()) {
                    keep();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /// @return what went wrong, null when nothing did
    private @Nullable String send(Report report, @Nullable String before)
            throws InterruptedException {
        try {
            link.report(report);
            return null;
        } catch (ControlPlaneException | RuntimeException e) {
            String trouble = String.valueOf(e.getMessage());
            if (!trouble.equals(before)) {
                LOG.log(System.Logger.Level.WARNING, "report not sent: " + trouble);
            }
            return trouble;
        }
    }

    /// What an earlier run applied is for the next start to trust: it stays until there is news.
    private boolean hasNeverWorked() {
        try {
            return file.load().map(status -> status.report() == null).orElse(true);
        } catch (IOException unreadable) {
            return false;
        }
    }

    /// Both threads do it: none may put an older report in the place of a newer one.
    private synchronized void keep() {
        Contact now = contact.get();
        try {
            file.save(new AgentStatus(Instant.now(), now.heardAt(), now.problem(), latest));
        } catch (IOException e) {
            // A full disk must not stop anything; the state's own saving reports it.
            LOG.log(System.Logger.Level.WARNING, "status not written: " + e.getMessage());
        }
    }
}
