package dev.holdfast.story;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.control.driver.Api;
import dev.holdfast.control.driver.SiteOfATest;
import dev.holdfast.control.driver.WithControlPlane;
import dev.holdfast.lab.DataCentre;
import dev.holdfast.lab.Lab;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/// Connections that say something all the time live through whatever load balancers do, and on a
/// GUE site through what backends do at the same time.
///
/// In `./check` the scenarios are the ones that prove most; `./check lab` plays them all, with more
/// connections, and writes the table of `docs/zero-downtime.md`; with
/// `-Dholdfast.lab.scenario='drains|killed'` only those that this regular expression finds. With
/// `-Dholdfast.lab.bfd=100` BFD waits no longer than the shipped files say, and nothing is written:
/// that is for a quiet machine, to see how soon a loss is found.
@Lab
@WithControlPlane
class ZeroDowntimeLabTest {

    private static final int PORT = 80;

    @Autowired private Api api;

    @Test
    void noConnectionIsResetWhateverHappensToLoadBalancers() {
        boolean all = Boolean.getBoolean("holdfast.lab.full");
        Predicate<String> wanted =
                Pattern.compile(
                                Objects.requireNonNullElse(
                                        System.getProperty("holdfast.lab.scenario"), ""))
                        .asPredicate();
        DataCentre dataCentre = DataCentre.named("zero").loadBalancers(3).backends(5).build();
        Servers servers = new Servers(dataCentre, PORT, Stage.SHOP, Stage.PLAIN, Stage.SIX);
        SiteOfATest site =
                api.newSite(
                        "{'vipRanges': ['%s', '%s'], 'encapsulation': {'kind': 'GUE'}}"
                                .formatted(DataCentre.VIPS, DataCentre.VIPS6));
        Fleet fleet = new Fleet(dataCentre, site).announcing();
        Uplinks uplinks = new Uplinks(dataCentre, Stage.SHOP);
        Stage stage = new Stage(dataCentre, site, fleet, uplinks, servers);
        stage.open();

        Scorecard scores = new Scorecard(all ? 200 : 60);
        for (Scenario scenario : Scenario.all()) {
            if (all ? wanted.test(scenario.what()) : scenario.isShort()) {
                scores.play(scenario, stage, PORT);
                if (all && !Uplinks.asShipped()) {
                    scores.write(); // each time: the whole takes long
                }
            }
        }
        System.out.println(scores.table());
        assertThat(scores.amiss()).as("%s", scores.table()).isEmpty();
    }
}
