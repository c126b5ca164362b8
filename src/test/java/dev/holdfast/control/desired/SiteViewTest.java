package dev.holdfast.control.desired;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.json.JsonMapper;

/// The view against a model that is changed at random, read in steps of one or more revisions.
class SiteViewTest {

    private static final Pieces PIECES =
            new Pieces(
                    JsonMapper.builder()
                            .disable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
                            .changeDefaultPropertyInclusion(
                                    value -> value.withValueInclusion(JsonInclude.Include.NON_NULL))
                            .build());

    private final NodeStates nodes = new NodeStates(PIECES);
    private final HostStates hosts = new HostStates(PIECES);

    @Test
    void inStepsItBecomesWhatItIsWhenReadAtOnce() {
        forSeeds((random, seed) -> {
            SiteModel model = new SiteModel(random, PIECES);
            SiteView inSteps = SiteView.of(model.everything());
            for (int step = 0; step < 60; step++) {
                inSteps = inSteps.plus(changed(model, random));
                SiteView atOnce = SiteView.of(model.everything());
                assertThat(inSteps.catalog()).as(seed).isEqualTo(atOnce.catalog());
                assertThat(inSteps.trail().last()).as(seed).isEqualTo(atOnce.trail().last());
                assertThat(inSteps.trail().byRevision())
                        .as(seed)
                        .isEqualTo(atOnce.trail().byRevision());
                assertThat(inSteps.shares().byHost().keySet())
                        .as(seed)
                        .isEqualTo(atOnce.catalog().hosts().byName().keySet());
            }
        });
    }

    @Test
    void aDeltaFromAnyRevisionLeadsToTheFullState() {
        forSeeds((random, seed) -> {
            SiteModel model = new SiteModel(random, PIECES);
            SiteView view = SiteView.of(model.everything());
            Map<String, Reading> readings = new HashMap<>();
            for (int step = 0; step < 60; step++) {
                view = view.plus(changed(model, random));
                for (String name : view.catalog().nodes().byName().keySet()) {
                    follow(nodes, Reading.ofNode(), view, name, readings, random);
                }
                for (String name : view.shares().byHost().keySet()) {
                    follow(hosts, Reading.ofHost(), view, name, readings, random);
                }
                readings.keySet().removeIf(isGone(view));
            }
            assertThat(seed).isNotEmpty();
        });
    }

    private static Predicate<String> isGone(SiteView view) {
        return name ->
                view.catalog().nodes().find(name) == null
                        && view.catalog().hosts().find(name) == null;
    }

    /// Some receivers ask each time, others now and then; what they come to have is the same.
    private static void follow(
            Receiver receiver,
            Reading fresh,
            SiteView view,
            String name,
            Map<String, Reading> readings,
            RandomGenerator random) {
        if (random.nextInt(3) == 0) {
            return;
        }
        Reading reading = readings.getOrDefault(name, fresh);
        tell(receiver, view, name, reading);
        Reading full = receiver.word().equals("node") ? Reading.ofNode() : Reading.ofHost();
        tell(receiver, view, name, full);
        assertThat(reading.everything()).isEqualTo(full.everything());
        readings.put(name, reading);
    }

    private static void tell(Receiver receiver, SiteView view, String name, Reading reading) {
        Question question = new Question(reading.revision(), null, Duration.ZERO);
        Verdict verdict = receiver.judge(view, name, question);
        if (verdict != Verdict.NOTHING_NEW) {
            reading.take(new String(receiver.tell(view, name, question, verdict), UTF_8));
        }
    }

    @Test
    void whatWentLongAgoIsForgottenAndThenAFullStateIsTold() {
        Random random = new Random(7);
        SiteModel model = new SiteModel(random, PIECES);
        SiteView view = SiteView.of(model.everything());
        long start = view.revision();
        while (view.revision() <= start + 2 * Trail.MEMORY) {
            view = view.plus(changed(model, random));
        }
        assertThat(view.trail().oldest()).isBetween(start + 1, view.revision() - Trail.MEMORY);
        assertThat(view.trail().last().size())
                .isLessThanOrEqualTo(1 + 3 * 8)
                .isGreaterThanOrEqualTo(view.catalog().nodes().byName().size());
    }

    private static Rows changed(SiteModel model, RandomGenerator random) {
        long before = model.revision();
        for (int i = random.nextInt(1, 4); i > 0; i--) {
            model.change();
        }
        return model.since(before);
    }

    private interface Check {
        void with(RandomGenerator random, String seed);
    }

    private static void forSeeds(Check check) {
        for (long seed = 1; seed <= 8; seed++) {
            check.with(new Random(seed), "seed " + seed);
        }
    }
}
