package dev.holdfast.agent.probe;

import dev.holdfast.wire.Report;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A backend under probe, and what was made of it so far. Written by the one probe that runs at a
/// time, read by the thread that reports.
final class Watched {

    private final Target target;
    private final Clock clock = Clock.systemUTC();
    private volatile Way way;
    private volatile Report.@Nullable Health opinion;
    private volatile boolean over;
    private Streak streak = Streak.NONE;

    Watched(Target target, Way way) {
        this.target = target;
        this.way = way;
    }

    Target target() {
        return target;
    }

    Way way() {
        return way;
    }

    void leads(Way now) {
        way = now;
    }

    /// Whatever a probe that is under way finds no longer counts.
    void end() {
        over = true;
    }

    boolean isOver() {
        return over;
    }

    Optional<Report.Health> opinion() {
        return Optional.ofNullable(opinion);
    }

    /// @param taken the way of the probe: when it is another one by now, the probe may have met
    ///   somebody else
    /// @return whether the opinion changed
    synchronized boolean found(Result result, Way taken) {
        if (over || !taken.equals(way)) {
            return false;
        }
        streak = streak.after(result.passed(), target.rise(), target.fall());
        Boolean up = streak.up();
        if (up == null) {
            return false;
        }
        Report.Health before = opinion;
        boolean turned = before == null || before.up() != up;
        boolean says = up == result.passed();
        if (before == null || turned) {
            opinion = new Report.Health(target.service(), target.host(), up, result.why(), now());
        } else if (says && !Objects.equals(before.why(), result.why())) {
            opinion =
                    new Report.Health(
                            target.service(), target.host(), up, result.why(), before.since());
        }
        return turned;
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }
}
