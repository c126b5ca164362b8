package dev.holdfast.agent.chance;

import static dev.holdfast.netlink.Commands.run;
import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.agent.reconcile.Outcome;
import dev.holdfast.agent.watch.HostDesired;
import dev.holdfast.agent.watch.HostModel;
import dev.holdfast.lab.InGuest;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What a host asks for after its agent was killed in the middle of the first round.
@InGuest
class ChanceRulesLabTest {

    private static final HostDesired HOST =
            HostModel.of(
                    "{\"kind\": \"GUE\", \"port\": 6080}",
                    "198.51.100.1",
                    """
                    [{"name": "shop", "vip": "shop", "tracked": true,
                      "ports": [{"protocol": "TCP", "port": 80}],
                      "chances": [{"affinity": "CONNECTION", "destinations":
                        [{"host": "be2", "ordinal": 2, "address": "10.3.2.2", "weight": 1, "serving": true}]}]}]\
                    """);

    @TempDir private Path directory;

    @AfterEach
    void clear() throws Exception {
        assertThat(new ChanceRules(directory).remove()).isEmpty();
        run("ip address flush dev lo; ip route flush table local 198.51.100.0/24");
    }

    @Test
    void aHostThatTrackedBeforeItGotTheVipAsksAtOnce() throws Exception {
        assertThat(new ChanceRules(directory).before(HOST)).isEmpty();
        assertThat(rules()).contains("chain tracked").doesNotContain("chain inner");
        run("ip address add 198.51.100.1/32 dev lo");

        startedAgain();

        assertThat(rules()).contains("chain inner");
        assertThat(directory).isEmptyDirectory();
    }

    @Test
    void aHostThatHadTheVipBeforeItTrackedLearnsFirst() throws Exception {
        run("ip address add 198.51.100.1/32 dev lo");
        assertThat(new ChanceRules(directory).before(HOST)).isEmpty();

        startedAgain();

        assertThat(rules()).contains("chain tracked").doesNotContain("chain inner");
        assertThat(directory.resolve("second-chance")).content().startsWith("shop ");
    }

    @Test
    void aVipThatIsALocalRouteAloneIsHereToo() throws Exception {
        run("ip link set lo up; ip route add local 198.51.100.0/24 dev lo");
        assertThat(new ChanceRules(directory).before(HOST)).isEmpty();

        assertThat(directory.resolve("second-chance")).content().startsWith("shop ");
    }

    private void startedAgain() {
        ChanceRules rules = new ChanceRules(directory);
        assertThat(rules.before(HOST)).isEmpty();
        assertThat(rules.after(HOST, new Outcome(List.of(), List.of()))).isEmpty();
    }

    private static String rules() throws Exception {
        return run("nft list table ip holdfast-chance");
    }
}
