package dev.holdfast.agent.probe;

import dev.holdfast.agent.duty.Duty;
import dev.holdfast.agent.duty.Findings;
import dev.holdfast.agent.reconcile.Outcome;
import dev.holdfast.agent.watch.DesiredState;
import dev.holdfast.agent.watch.NodeDesired;
import dev.holdfast.wire.Encapsulation;
import dev.holdfast.wire.Failure;
import dev.holdfast.wire.Family;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Probes the backends whose prober this load balancer is, each in its own rhythm with some jitter,
/// and reports opinions: at once when one turns, and all of them with every report.
///
/// A probe waits in native code, which would hold a virtual thread's carrier: so these are plain
/// threads, no more than may ever be needed at once.
public final class Prober implements Duty {

    private static final int THREADS_MAX = 64;

    private final Ground ground = new Ground();
    private final Map<Target, Watched> watched = new HashMap<>();
    private final ScheduledThreadPoolExecutor clock =
            new ScheduledThreadPoolExecutor(
                    1, Thread.ofPlatform().name("probe clock").daemon().factory());
    private final ThreadPoolExecutor hands =
            new ThreadPoolExecutor(
                    THREADS_MAX,
                    THREADS_MAX,
                    10,
                    TimeUnit.SECONDS,
                    new LinkedBlockingQueue<>(),
                    Thread.ofPlatform().name("probe ", 0).daemon().factory());
    private @Nullable Plan plan;

    /// What is probed now, and how.
    private Map<Target, Way> kept = Map.of();

    private volatile Runnable news = () -> {};

    public Prober() {
        hands.allowCoreThreadTimeOut(true);
        clock.setRemoveOnCancelPolicy(true);
    }

    @Override
    public void onNews(Runnable wake) {
        news = wake;
    }

    /// Whoever is no longer to be probed is left alone before the way to him goes.
    @Override
    public List<Failure> before(DesiredState next) {
        if (next instanceof NodeDesired node) {
            Map<Target, Way> targets = plan(node).targets();
            if (!targets.equals(kept)) {
                keepOnly(targets.keySet());
            }
        }
        return List.of();
    }

    @Override
    public List<Failure> after(DesiredState state, Outcome outcome) {
        if (!(state instanceof NodeDesired node)) {
            return List.of();
        }
        Plan now = plan(node);
        List<Failure> trouble = prepareGround(node, now);
        Map<Target, Way> targets = reachable(now.targets(), trouble, outcome);
        if (!targets.equals(kept)) {
            keepOnly(targets.keySet());
            targets.forEach(this::keep);
            kept = targets;
        }
        return trouble;
    }

    private Plan plan(NodeDesired node) {
        Plan next = Plan.after(plan, node, family -> source(node, family));
        plan = next;
        return next;
    }

    /// @return the same map when all of them are
    private static Map<Target, Way> reachable(
            Map<Target, Way> targets, List<Failure> trouble, Outcome outcome) {
        if (trouble.isEmpty() && outcome.failures().isEmpty()) {
            return targets;
        }
        // Where the way could not be made, a probe would meet whomever the table chooses.
        Set<String> failed =
                outcome.failures().stream()
                        .map(Failure::resource)
                        .collect(java.util.stream.Collectors.toSet());
        Map<Target, Way> some = new HashMap<>(targets);
        some.keySet().removeIf(target -> !trouble.isEmpty() || isUnreachable(target, failed));
        return some;
    }

    /// Other load balancers' probes may come by here, even when this one has none of its own.
    private List<Failure> prepareGround(NodeDesired node, Plan now) {
        if (!now.checked()) {
            return List.of();
        }
        boolean probing = !now.targets().isEmpty();
        boolean wrapped = node.encapsulation().kind() == Encapsulation.Kind.FOU;
        List<Failure> trouble = new ArrayList<>(ground.cutCircles(node, probing && wrapped));
        if (probing) {
            trouble.addAll(ground.prepare(node.node().address().toInetAddress()));
        }
        return trouble;
    }

    private static boolean isUnreachable(Target target, Set<String> failed) {
        String prefix = "service probes of " + target.host() + " ";
        return failed.stream().anyMatch(resource -> resource.startsWith(prefix));
    }

    @Override
    public void tell(Findings findings) {
        watched.values().forEach(one -> one.opinion().ifPresent(findings::health));
    }

    private void keepOnly(Set<Target> targets) {
        watched.entrySet()
                .removeIf(entry -> {
                    boolean gone = !targets.contains(entry.getKey());
                    if (gone) {
                        entry.getValue().end();
                    }
                    return gone;
                });
    }

    private void keep(Target target, Way way) {
        Watched known = watched.get(target);
        if (known != null) {
            known.leads(way);
            return;
        }
        Watched fresh = new Watched(target, way);
        watched.put(target, fresh);
        later(fresh, Rhythm.of(target).first(ThreadLocalRandom.current()));
    }

    private void later(Watched one, long millis) {
        var _ =
                clock.schedule(
                        () -> hands.execute(() -> probe(one)), millis, TimeUnit.MILLISECONDS);
    }

    private void probe(Watched one) {
        if (one.isOver()) {
            return;
        }
        long start = System.nanoTime();
        try {
            Way way = one.way();
            Result result;
            try {
                result = Attempt.at(one.target(), way);
            } catch (RuntimeException e) { // whatever it was, this backend did not pass
                result = Result.fail(e.toString());
            }
            if (one.found(result, way)) {
                news.run();
            }
        } finally {
            long took = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
            later(one, Rhythm.of(one.target()).next(took, ThreadLocalRandom.current()));
        }
    }

    /// The node's own address, or one of the other family on the same link.
    private static Optional<InetAddress> source(NodeDesired node, Family family) {
        InetAddress own = node.node().address().toInetAddress();
        if (node.node().address().family() == family) {
            return Optional.of(own);
        }
        try {
            NetworkInterface link = NetworkInterface.getByInetAddress(own);
            return link == null
                    ? Optional.empty()
                    : link.inetAddresses()
                            .filter(address -> !address.isLinkLocalAddress())
                            .filter(address -> isOf(address, family))
                            .findFirst();
        } catch (SocketException e) {
            return Optional.empty();
        }
    }

    private static boolean isOf(InetAddress address, Family family) {
        return (address.getAddress().length == 4) == (family == Family.IPV4);
    }
}
