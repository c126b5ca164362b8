package dev.holdfast.control.desired;

import dev.holdfast.control.problem.Problem;
import dev.holdfast.control.problem.Refusal;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/// Answers agents at once when there is news for them, and else when there is.
///
/// Whoever asks is registered first and only then is the view looked at: a change that comes
/// between the two finds him.
@Component
class LongPoll {

    /// A question that may not wait still waits for what was committed before it came.
    private static final Duration SETTLING_LIMIT = Duration.ofSeconds(10);

    private final SiteViews views;
    private final NodeStates nodes;
    private final HostStates hosts;
    private final PollMeters meters;
    private final Parked parkedNodes = new Parked();
    private final Parked parkedHosts = new Parked();
    private final ScheduledThreadPoolExecutor clock = clock();

    LongPoll(SiteViews views, NodeStates nodes, HostStates hosts, PollMeters meters) {
        this.views = views;
        this.nodes = nodes;
        this.hosts = hosts;
        this.meters = meters;
        views.tell(this::wake);
    }

    void node(String site, String node, Question question, Reply reply) {
        ask(new Waiter(nodes, site, node, question, reply), parkedNodes);
    }

    void host(String site, String host, Question question, Reply reply) {
        ask(new Waiter(hosts, site, host, question, reply), parkedHosts);
    }

    private void ask(Waiter waiter, Parked parked) {
        Future<?> end;
        try {
            end =
                    clock.schedule(
                            () -> answer(waiter, Verdict.NOTHING_NEW, null),
                            patienceMillis(waiter.question().patience()),
                            TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException closed) {
            waiter.reply().refuse(going());
            return;
        }
        parked.add(waiter);
        meters.came();
        waiter.reply()
                .whenOver(() -> {
                    end.cancel(false);
                    parked.remove(waiter);
                    meters.went();
                });
        whenRead(waiter, views.settled(waiter.site()), Freshness.AS_KNOWN);
    }

    /// A little less than asked, each time another: or agents that were once answered together
    /// would come together for ever.
    private static long patienceMillis(Duration patience) {
        if (patience.isZero()) {
            return SETTLING_LIMIT.toMillis();
        }
        long millis = patience.toMillis();
        return millis - ThreadLocalRandom.current().nextLong(millis / 16 + 1);
    }

    private static ScheduledThreadPoolExecutor clock() {
        var clock =
                new ScheduledThreadPoolExecutor(
                        1, Thread.ofPlatform().name("poll-clock").daemon().factory());
        clock.setRemoveOnCancelPolicy(true); // most are answered long before their end
        return clock;
    }

    /// How new a view is.
    private enum Freshness {
        /// As of the last news that reached this replica.
        AS_KNOWN,
        /// Read from the database after the question came.
        READ_SINCE
    }

    private void whenRead(
            Waiter waiter, CompletableFuture<@Nullable Void> reading, Freshness freshness) {
        var _ =
                reading.whenComplete((_, failure) -> {
                    if (failure != null && freshness == Freshness.READ_SINCE) {
                        waiter.reply().refuse(unavailable());
                    } else {
                        look(waiter, freshness);
                    }
                });
    }

    /// Answers if there is something to say.
    private void look(Waiter waiter, Freshness freshness) {
        try {
            if (waiter.reply().isOpen()) {
                judge(waiter, freshness);
            }
        } catch (RuntimeException e) {
            waiter.reply().fail(e); // others are still to be told
        }
    }

    private void judge(Waiter waiter, Freshness freshness) {
        SiteView view = views.find(waiter.site());
        Verdict verdict = waiter.receiver().judge(view, waiter.name(), waiter.question());
        if (verdict.needsFreshView() && freshness == Freshness.AS_KNOWN) {
            whenRead(waiter, views.read(waiter.site()), Freshness.READ_SINCE);
        } else if (verdict != Verdict.NOTHING_NEW || waiter.question().patience().isZero()) {
            answer(waiter, verdict, view);
        }
    }

    private void answer(Waiter waiter, Verdict verdict, @Nullable SiteView view) {
        boolean first =
                switch (verdict) {
                    case NOTHING_NEW -> waiter.reply().nothingNew();
                    case UNKNOWN -> waiter.reply().refuse(unknown(waiter, view));
                    case DELTA, FULL, RESET ->
                            waiter.reply()
                                    .state(
                                            waiter.receiver()
                                                    .tell(
                                                            Objects.requireNonNull(view),
                                                            waiter.name(),
                                                            waiter.question(),
                                                            verdict));
                };
        if (first) {
            meters.answered(waiter.receiver(), verdict);
        }
    }

    private static Refusal unknown(Waiter waiter, @Nullable SiteView view) {
        return Refusal.notFound(
                view == null
                        ? "site " + waiter.site()
                        : waiter.receiver().word()
                                + " "
                                + waiter.name()
                                + " in site "
                                + waiter.site());
    }

    private static Refusal going() {
        return new Refusal(
                Problem.UNAVAILABLE,
                "control plane",
                "it is being stopped",
                "another one, or this one again in a few seconds");
    }

    private static Refusal unavailable() {
        return new Refusal(
                Problem.UNAVAILABLE, "database", "no answer", "one; ask again in a few seconds");
    }

    /// Wakes those whom a change concerns. Called without any lock, after the view was replaced.
    private void wake(@Nullable SiteView before, @Nullable SiteView now, Stopwatch sinceAsked) {
        SiteView known = now == null ? Objects.requireNonNull(before) : now;
        String site = known.head().site();
        boolean goesOn =
                before != null && now != null && before.head().epoch().equals(now.head().epoch());
        wake(parkedNodes.of(site), sinceAsked);
        wake(
                goesOn ? parkedHosts.of(site, known.shares().touched()) : parkedHosts.of(site),
                sinceAsked);
    }

    private void wake(List<Waiter> waiters, Stopwatch sinceAsked) {
        for (Waiter waiter : waiters) {
            look(waiter, Freshness.AS_KNOWN);
            if (!waiter.reply().isOpen()) {
                meters.woke(sinceAsked);
            }
        }
    }

    /// A control plane that goes does not wait for agents that wait for it.
    @EventListener(ContextClosedEvent.class)
    void close() {
        clock.shutdown();
        parkedNodes.all().forEach(waiter -> answer(waiter, Verdict.NOTHING_NEW, null));
        parkedHosts.all().forEach(waiter -> answer(waiter, Verdict.NOTHING_NEW, null));
    }
}
