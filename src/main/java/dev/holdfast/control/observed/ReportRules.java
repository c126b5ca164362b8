package dev.holdfast.control.observed;

import dev.holdfast.control.problem.Faults;
import dev.holdfast.wire.Failure;
import dev.holdfast.wire.Report;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Says what is wrong with a report, as far as a report can be wrong: an agent is trusted with its
/// own machine, but not with what others are shown of it.
final class ReportRules {

    private static final Pattern NAME = Pattern.compile("[a-z0-9-]{1,63}");
    private static final Pattern EPOCH = Pattern.compile("[A-Za-z0-9-]{1,64}");
    private static final int TEXT_LENGTH = 10_000;
    private static final int ITEMS = 200_000;

    private final Faults faults = new Faults();

    private ReportRules() {}

    static void check(Report report) {
        ReportRules rules = new ReportRules();
        rules.head(report);
        rules.failures(report.failures());
        rules.tables(report.tables());
        rules.repaired(report.repaired());
        rules.health(report.health());
        rules.counters(report.counters());
        rules.chances(report.chances());
        rules.announced(report.announced());
        rules.withheld(report.withheld());
        rules.faults.refuseIfAny();
    }

    private void head(Report report) {
        String epoch = report.epoch();
        faults.unless(
                epoch == null || EPOCH.matcher(epoch).matches(),
                "epoch",
                epoch,
                "an epoch as a desired state names it");
        faults.unless(
                report.revision() == null || report.revision() >= 1,
                "revision",
                report.revision(),
                "1 or more, or left out before the first state");
        faults.unless(
                report.refusedRevision() == null || report.refusedRevision() >= 1,
                "refusedRevision",
                report.refusedRevision(),
                "1 or more");
        optionalText("why", report.why());
    }

    private void failures(@Nullable List<Failure> failures) {
        each(
                "failures",
                failures,
                (where, failure) -> {
                    text(where + ".resource", failure.resource());
                    text(where + ".operation", failure.operation());
                    text(where + ".error", failure.error());
                });
    }

    private void tables(@Nullable List<Report.Table> tables) {
        Set<String> seen = new HashSet<>();
        each(
                "tables",
                tables,
                (where, table) -> {
                    name(where + ".service", table.service());
                    text(where + ".digest", table.digest());
                    notNegative(where + ".slots", table.slots());
                    Integer differing = table.differing();
                    notNegative(where + ".differing", differing == null ? 0 : differing);
                    faults.unless(
                            seen.add(String.valueOf(table.service())),
                            where + ".service",
                            table.service(),
                            "each service once");
                });
    }

    private void repaired(@Nullable Map<String, Long> repaired) {
        if (repaired != null) {
            repaired.forEach((kind, count) ->
                    faults.unless(
                            count != null && count >= 0, "repaired." + kind, count, "0 or more"));
        }
    }

    private void health(@Nullable List<Report.Health> health) {
        each(
                "health",
                health,
                (where, verdict) -> {
                    name(where + ".service", verdict.service());
                    name(where + ".host", verdict.host());
                    optionalText(where + ".why", verdict.why());
                });
    }

    private void counters(@Nullable List<Report.Counters> counters) {
        each(
                "counters",
                counters,
                (where, count) -> {
                    name(where + ".service", count.service());
                    name(where + ".host", count.host());
                    notNegative(where + ".connections", count.connections());
                    notNegative(where + ".packetsPerSecond", count.packetsPerSecond());
                    notNegative(where + ".bytesPerSecond", count.bytesPerSecond());
                });
    }

    private void chances(@Nullable List<Report.Chances> chances) {
        each(
                "chances",
                chances,
                (where, one) -> {
                    name(where + ".service", one.service());
                    notNegative(where + ".packets", one.packets());
                });
    }

    private void announced(@Nullable List<Report.Announced> announced) {
        each(
                "announced",
                announced,
                (where, vip) -> {
                    name(where + ".vip", vip.vip());
                    text(where + ".session", vip.session());
                });
    }

    private void withheld(@Nullable List<Report.Withheld> withheld) {
        each(
                "withheld",
                withheld,
                (where, vip) -> {
                    if (vip.vip() != null) {
                        name(where + ".vip", vip.vip());
                    }
                    text(where + ".why", vip.why());
                });
    }

    private interface Check<T> {
        void of(String where, T item);
    }

    private <T> void each(String field, @Nullable List<T> items, Check<T> check) {
        if (items == null) {
            return;
        }
        faults.unless(items.size() <= ITEMS, field, items.size(), "at most " + ITEMS + " items");
        for (int i = 0; i < Math.min(items.size(), ITEMS); i++) {
            String where = field + "[" + i + "]";
            T item = items.get(i);
            if (item == null) {
                faults.add(where, null, "an object");
            } else {
                check.of(where, item);
            }
        }
    }

    private void name(String field, @Nullable String name) {
        faults.unless(
                name != null && NAME.matcher(name).matches(),
                field,
                name,
                "1 to 63 characters of a-z, 0-9 and -");
    }

    private void text(String field, @Nullable String text) {
        faults.unless(text != null, field, null, "a text");
        optionalText(field, text);
    }

    private void optionalText(String field, @Nullable String text) {
        int length = text == null ? 0 : text.length();
        faults.unless(
                length <= TEXT_LENGTH,
                field,
                length + " characters",
                "at most " + TEXT_LENGTH + " characters");
    }

    private void notNegative(String field, long number) {
        faults.unless(number >= 0, field, number, "0 or more");
    }
}
