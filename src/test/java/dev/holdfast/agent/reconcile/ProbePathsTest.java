package dev.holdfast.agent.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.agent.kernel.Marks;
import dev.holdfast.agent.watch.NodeDesired;
import dev.holdfast.agent.watch.SiteModel;
import dev.holdfast.wire.Probers;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class ProbePathsTest {

    private static final int HOSTS = 100;

    @Test
    void eachHostOfACheckedServiceHasAMarkOfItsOwnAndKeepsIt() {
        SiteModel site = new SiteModel("e1").putService("plain", 3).putService("shop", 5);
        assertThat(ProbePaths.of(site.desired())).isEmpty();

        var paths = ProbePaths.of(site.check("shop", true).desired());

        assertThat(paths)
                .extracting(ProbePath::host)
                .containsExactly("web0", "web1", "web2", "web3", "web4");
        assertThat(paths)
                .extracting(path -> path.key().mark())
                .doesNotHaveDuplicates()
                .allMatch(mark -> (mark & 0xfff00000) == Marks.PROBE);
        assertThat(ProbePaths.of(site.putService("shop6", 7).check("shop6", true).desired()))
                .containsAll(paths)
                .hasSize(12);
    }

    @Test
    void onlyWhatLeadsElsewhereIsADifference() {
        SiteModel site = new SiteModel("e1").putService("plain", 3).putService("shop", 4);
        NodeDesired unchecked = site.desired();
        NodeDesired checked = site.check("shop", true).desired();
        NodeDesired more = site.putService("plain", 5).desired();
        NodeDesired fewer = site.putService("shop", 3).desired();

        assertThat(ProbePaths.differ(unchecked, checked)).isTrue();
        assertThat(ProbePaths.differ(checked, more)).isFalse();
        assertThat(ProbePaths.differ(more, fewer)).isTrue();
    }

    @Test
    void eachHostIsProbedByThreeWhomTheControlPlaneKnows() {
        List<String> five = List.of("lb1", "lb2", "lb3", "lb4", "lb5");
        Map<String, Set<String>> before = probers(five);

        assertThat(before).hasSize(HOSTS);
        before.forEach((host, probers) ->
                assertThat(probers)
                        .as(host)
                        .hasSize(3)
                        .containsExactlyInAnyOrderElementsOf(Probers.of(host, five)));
        for (String node : five) {
            // Three fifths each, if it were even; nobody is left out and nobody has them all.
            assertThat(before.values().stream().filter(one -> one.contains(node)))
                    .as(node)
                    .hasSizeBetween(HOSTS * 2 / 5, HOSTS * 4 / 5);
        }

        for (String leaver : five) {
            List<String> four = five.stream().filter(node -> !node.equals(leaver)).toList();
            Map<String, Set<String>> after = probers(four);
            before.forEach((host, probers) -> {
                Set<String> stay = new HashSet<>(probers);
                stay.remove(leaver);
                assertThat(after.get(host)).as("%s without %s", host, leaver).hasSize(3);
                assertThat(after.get(host)).as("%s without %s", host, leaver).containsAll(stay);
            });
        }
    }

    /// Who probes each host, as each load balancer works it out for itself.
    private static Map<String, Set<String>> probers(List<String> nodes) {
        Map<String, Set<String>> probers = new TreeMap<>();
        SiteModel site = new SiteModel("e1").putService("shop", HOSTS).check("shop", true);
        for (NodeDesired one : site.desiredBy(nodes)) {
            for (ProbePath path : ProbePaths.of(one)) {
                probers.computeIfAbsent(path.host(), _ -> new HashSet<>()).add(one.name());
            }
        }
        return probers;
    }
}
