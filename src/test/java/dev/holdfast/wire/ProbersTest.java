package dev.holdfast.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ProbersTest {

    private static final List<String> NODES =
            IntStream.range(0, 20).mapToObj(i -> "lb" + i).toList();

    @Test
    void threeProbeAHostWhateverTheOrderInWhichTheyAreNamed() {
        List<String> chosen = Probers.of("web1", NODES);

        assertThat(chosen).hasSize(3).doesNotHaveDuplicates().isSubsetOf(NODES);
        assertThat(Probers.of("web1", NODES.reversed())).isEqualTo(chosen);
        assertThat(Probers.of("web1", List.of("lb1", "lb2"))).containsOnly("lb1", "lb2");
        assertThat(Probers.of("web1", List.of())).isEmpty();
    }

    @Test
    void aNodeThatGoesIsReplacedOnlyWhereItProbed() {
        List<String> fewer = new ArrayList<>(NODES);
        fewer.remove("lb7");
        for (int i = 0; i < 500; i++) {
            List<String> before = Probers.of("web" + i, NODES);
            List<String> after = Probers.of("web" + i, fewer);
            if (before.contains("lb7")) {
                assertThat(after)
                        .containsAll(before.stream().filter(n -> !n.equals("lb7")).toList());
            } else {
                assertThat(after).isEqualTo(before);
            }
        }
    }

    @Test
    void theWorkIsSpreadEvenly() {
        Map<String, Integer> hosts = new HashMap<>();
        for (int i = 0; i < 2000; i++) {
            Probers.of("web" + i, NODES).forEach(node -> hosts.merge(node, 1, Integer::sum));
        }
        assertThat(hosts.values()).hasSize(20).allMatch(count -> count > 200 && count < 400);
    }
}
