package dev.holdfast.agent.announce;

import dev.holdfast.agent.duty.Duty;
import dev.holdfast.agent.duty.Findings;
import dev.holdfast.agent.reconcile.Outcome;
import dev.holdfast.agent.watch.DesiredState;
import dev.holdfast.agent.watch.NodeDesired;
import dev.holdfast.wire.Failure;
import dev.holdfast.wire.Report;
import dev.holdfast.wire.ServiceState;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Keeps BIRD's routes in step with what this node serves: withdrawn first, announced last
/// (MAKE-BEFORE-BREAK). An agent that stops withdraws nothing (FAIL-STATIC).
public final class Announcer implements Duty {

    private final Bird bird;

    /// What BIRD last said; one that is frozen may still hold its sessions for a while.
    private List<Report.Announced> announced = List.of();

    private List<Report.Withheld> withheld = List.of();

    /// For tests, whose BIRD is theirs; others use [#of].
    Announcer(Bird bird) {
        this.bird = bird;
    }

    /// @param files null: this node's VIPs are announced by other means, and the report says so
    public static Duty of(@Nullable BirdFiles files) {
        return files == null ? new Silent() : new Announcer(new Bird(files));
    }

    /// Withdraws every VIP of this node.
    ///
    /// @param files null: its VIPs are announced by other means
    public static List<Failure> withdrawAll(@Nullable BirdFiles files) {
        if (files == null || !Files.exists(files.routes())) {
            return List.of();
        }
        return new Announcer(new Bird(files))
                .trying(() -> new Bird(files).have(VipRoutes.of(List.of())));
    }

    @Override
    public List<Failure> before(DesiredState next) {
        return next instanceof NodeDesired node
                ? trying(() -> {
                    VipRoutes now = bird.routes();
                    VipRoutes kept =
                            now.only(
                                    Choice.permitted(node.node(), services(node))
                                            .routes()
                                            .addresses());
                    if (!kept.equals(now)) {
                        bird.have(kept);
                    }
                })
                : List.of();
    }

    @Override
    public List<Failure> after(DesiredState now, Outcome outcome) {
        withheld = List.of();
        if (!(now instanceof NodeDesired node)) {
            return List.of();
        }
        List<Failure> failures = new ArrayList<>();
        try {
            Choice choice = Choice.of(node.node(), services(node), outcome, bird.routes());
            withheld = withheld(choice);
            failures.addAll(trying(() -> bird.have(choice.routes())));
            // Whatever became of it: what routers were told is what BIRD says.
            List<Session> sessions = bird.sessions();
            failures.addAll(see(choice, sessions, bird.carried(sessions)));
        } catch (BirdException e) {
            if (!bird.isThere()) {
                announced = List.of();
            }
            failures.add(e.failure());
            withheld(e);
        }
        return failures.stream().distinct().toList();
    }

    @Override
    public void tell(Findings findings) {
        announced.forEach(findings::announced);
        withheld.forEach(findings::withheld);
    }

    /// Reads back what routers were told.
    private List<Failure> see(
            Choice choice, List<Session> sessions, SortedMap<String, VipRoutes> carried) {
        List<Report.Announced> told = new ArrayList<>();
        List<Report.Withheld> untold = new ArrayList<>(withheld);
        List<String> uncarried = new ArrayList<>();
        String why = "no BGP session carries it: " + told(sessions);
        choice.vips()
                .forEach((vip, address) -> {
                    List<Report.Announced> by =
                            carried.entrySet().stream()
                                    .filter(session -> session.getValue().has(address))
                                    .map(session -> new Report.Announced(vip, session.getKey()))
                                    .toList();
                    told.addAll(by);
                    if (by.isEmpty() && !choice.why().containsKey(vip)) {
                        uncarried.add(vip);
                        untold.add(new Report.Withheld(vip, why));
                    }
                });
        announced = List.copyOf(told);
        withheld = List.copyOf(untold);
        return uncarried.isEmpty()
                ? List.of()
                : List.of(new Failure("BGP", "announce VIP " + String.join(", ", uncarried), why));
    }

    private static String told(List<Session> sessions) {
        return sessions.isEmpty()
                ? "BIRD has none (expected: a protocol bgp in its configuration)"
                : sessions.stream().map(Session::toString).collect(Collectors.joining(", "));
    }

    private static Collection<ServiceState> services(NodeDesired node) {
        return node.services().sorted().values();
    }

    /// One line when all are withheld for the same reason.
    private static List<Report.Withheld> withheld(Choice choice) {
        Set<String> reasons = Set.copyOf(choice.why().values());
        if (reasons.size() == 1 && choice.why().keySet().equals(choice.vips().keySet())) {
            return List.of(new Report.Withheld(null, reasons.iterator().next()));
        }
        return choice.why().entrySet().stream()
                .map(vip -> new Report.Withheld(vip.getKey(), vip.getValue()))
                .toList();
    }

    private interface Work {
        void run() throws BirdException;
    }

    private List<Failure> trying(Work work) {
        try {
            work.run();
            return List.of();
        } catch (BirdException e) {
            withheld(e);
            return List.of(e.failure());
        }
    }

    private void withheld(BirdException e) {
        Report.Withheld all = new Report.Withheld(null, String.valueOf(e.getMessage()));
        withheld = Stream.concat(withheld.stream(), Stream.of(all)).distinct().toList();
    }
}
