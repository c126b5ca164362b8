package dev.holdfast.agent.duty;

import dev.holdfast.wire.Report;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// What the duties of one round saw and did, as it goes into a report.
public final class Findings {

    private final List<Report.Health> health = new ArrayList<>();
    private final List<Report.Counters> counters = new ArrayList<>();
    private final List<Report.Announced> announced = new ArrayList<>();
    private final List<Report.Chances> chances = new ArrayList<>();
    private final List<Report.Withheld> withheld = new ArrayList<>();
    private final Map<String, Long> repaired = new TreeMap<>();
    private @Nullable Long countedRevision;

    public void health(Report.Health one) {
        health.add(one);
    }

    public void counters(Report.Counters one) {
        counters.add(one);
    }

    /// @param revision that the machine ran when the counters were read
    public void countedRevision(long revision) {
        countedRevision = revision;
    }

    public void chances(Report.Chances one) {
        chances.add(one);
    }

    public void announced(Report.Announced one) {
        announced.add(one);
    }

    public void withheld(Report.Withheld one) {
        withheld.add(one);
    }

    /// @param count how often that kind of drift was mended since the agent started
    public void repaired(String kind, long count) {
        repaired.merge(kind, count, Long::sum);
    }

    public List<Report.Health> health() {
        return List.copyOf(health);
    }

    public List<Report.Counters> counters() {
        return List.copyOf(counters);
    }

    public List<Report.Chances> chances() {
        return List.copyOf(chances);
    }

    public List<Report.Announced> announced() {
        return List.copyOf(announced);
    }

    public List<Report.Withheld> withheld() {
        return List.copyOf(withheld);
    }

    /// Null while nothing was counted.
    public @Nullable Long countedRevision() {
        return countedRevision;
    }

    public Map<String, Long> repaired() {
        return Map.copyOf(repaired);
    }
}
