package dev.holdfast.control.console;

import dev.holdfast.wire.ChangeSet;
import dev.holdfast.wire.Plan;
import dev.holdfast.wire.PlanAlternative;
import dev.holdfast.wire.PlanService;
import dev.holdfast.wire.PlanShare;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/// Draws plans: bars for what moves, and whose share becomes another.
@Component
class PlanDrawing {

    /// A service may have a thousand backends; those that change most are shown.
    private static final int SHARES_SHOWN = 24;

    /// Percent of the flows, less than anybody sees in a bar.
    private static final double HARDLY = 0.05;

    private final JsonMapper json;

    PlanDrawing(JsonMapper json) {
        this.json = json;
    }

    Foreseen of(Plan plan) {
        return new Foreseen(
                plan,
                plan.services().stream().map(PlanDrawing::moved).toList(),
                plan.alternatives().stream().map(this::gentler).toList());
    }

    private Foreseen.Gentler gentler(PlanAlternative way) {
        return new Foreseen.Gentler(way.sentence(), pretty(new ChangeSet(way.changes())));
    }

    /// As a person would have it in a box.
    String pretty(ChangeSet set) {
        return json.writerWithDefaultPrettyPrinter().writeValueAsString(set);
    }

    private static Foreseen.MovedService moved(PlanService service) {
        List<PlanShare> changing =
                service.backends().stream()
                        .filter(one -> change(one) >= HARDLY)
                        .sorted(Comparator.comparingDouble(PlanDrawing::change).reversed())
                        .toList();
        List<PlanShare> shown = changing.stream().limit(SHARES_SHOWN).toList();
        double largest =
                shown.stream()
                        .mapToDouble(one -> Math.max(one.beforePercent(), one.afterPercent()))
                        .max()
                        .orElse(0);
        return new Foreseen.MovedService(
                service.service(),
                sentence(service),
                width(service.intendedPercent()),
                width(service.collateralPercent()),
                width(service.lostPercent()),
                shown.stream().map(one -> share(one, largest)).toList(),
                changing.size() - shown.size());
    }

    private static String sentence(PlanService service) {
        StringBuilder sentence =
                new StringBuilder(
                        "%s of the flows move: %s have to, %s without need"
                                .formatted(
                                        percent(service.movedPercent()),
                                        percent(service.intendedPercent()),
                                        percent(service.collateralPercent())));
        if (service.lostPercent() > 0) {
            sentence.append(
                    "; %s get nothing afterwards".formatted(percent(service.lostPercent())));
        }
        if (service.gainedPercent() > 0) {
            sentence.append(
                    "; %s had nothing and get a backend"
                            .formatted(percent(service.gainedPercent())));
        }
        return sentence.append('.').toString();
    }

    private static Foreseen.Share share(PlanShare one, double largest) {
        return new Foreseen.Share(
                one.host(),
                Bar.of(one.beforePercent() / 100, 0, 0, largest / 100),
                Bar.of(one.afterPercent() / 100, 0, 0, largest / 100));
    }

    private static double change(PlanShare one) {
        return Math.abs(one.afterPercent() - one.beforePercent());
    }

    private static String percent(double of100) {
        return Bar.percent(of100 / 100);
    }

    private static String width(double of100) {
        return String.format(Locale.ROOT, "%.2f", of100);
    }
}
