package dev.holdfast.agent.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.agent.kernel.Marks;
import dev.holdfast.agent.watch.NodeDesired;
import dev.holdfast.agent.watch.SiteModel;
import org.junit.jupiter.api.Test;

class ProbePathsTest {

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
}
