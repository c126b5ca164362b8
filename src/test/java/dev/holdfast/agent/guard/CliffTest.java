package dev.holdfast.agent.guard;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class CliffTest {

    @Test
    void nothingLostIsNoCliff() {
        assertThat(Cliff.between(services(8), services(8), 50)).isEmpty();
        assertThat(Cliff.between(services(0), services(8), 50)).isEmpty();
    }

    @Test
    void threeMayAlwaysGo() {
        assertThat(Cliff.between(services(3), services(0), 50)).isEmpty();
        assertThat(Cliff.between(services(4), services(0), 50))
                .hasValue("4 of 4 services (s0, s1, s2 and 1 more)");
    }

    @Test
    void theShareItselfMayGoAndNotMore() {
        assertThat(Cliff.between(services(8), services(4), 50)).isEmpty();
        assertThat(Cliff.between(services(8), services(3), 50)).isNotEmpty();
        assertThat(Cliff.between(services(100), services(89), 10)).isNotEmpty();
        assertThat(Cliff.between(services(100), services(90), 10)).isEmpty();
        assertThat(Cliff.between(services(100), services(0), 100)).isEmpty();
    }

    @Test
    void whatComesNewDoesNotMakeUpForWhatGoes() {
        TreeMap<String, Set<String>> others = new TreeMap<>();
        IntStream.range(0, 9).forEach(i -> others.put("other" + i, Set.of("web1")));
        assertThat(Cliff.between(services(8), new Carried(others), 50)).isNotEmpty();
    }

    @Test
    void oneServiceIsGuardedAsTheNodeIs() {
        assertThat(Cliff.between(backends(6), backends(3), 50)).isEmpty();
        assertThat(Cliff.between(backends(6), backends(2), 50))
                .hasValue("4 of 6 destinations that serve shop (web2, web3, web4 and 1 more)");
    }

    private static Carried services(int count) {
        TreeMap<String, Set<String>> serving = new TreeMap<>();
        IntStream.range(0, count).forEach(i -> serving.put("s" + i, Set.of("web1")));
        return new Carried(serving);
    }

    private static Carried backends(int count) {
        Set<String> hosts = new TreeSet<>();
        IntStream.range(0, count).forEach(i -> hosts.add("web" + i));
        return new Carried(new TreeMap<>(Map.of("shop", hosts)));
    }
}
