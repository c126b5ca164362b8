package dev.holdfast.agent.watch;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class NamesTest {

    @Test
    void everyCopyOfARandomHistoryIsWhatAPlainMapWasThen() {
        for (int seed = 0; seed < 20; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            List<Map<String, Integer>> plain = new ArrayList<>(List.of(Map.of()));
            List<Names<Integer>> copies = new ArrayList<>(List.of(Names.empty()));
            for (int i = 0; i < 60; i++) {
                Map<String, Integer> puts = new HashMap<>();
                Set<String> removes = new TreeSet<>();
                for (int j = random.nextInt(40); j > 0; j--) {
                    puts.put("s" + random.nextInt(2_000), random.nextInt(3));
                    removes.add("s" + random.nextInt(2_000));
                }
                removes.removeAll(puts.keySet());
                Map<String, Integer> next = new HashMap<>(plain.getLast());
                next.keySet().removeAll(removes);
                next.putAll(puts);
                plain.add(next);
                copies.add(copies.getLast().with(puts, removes));
            }
            for (int i = 0; i < plain.size(); i++) {
                assertThat(copies.get(i).sorted()).as("seed %d", seed).isEqualTo(plain.get(i));
                assertThat(copies.get(i).size()).as("seed %d", seed).isEqualTo(plain.get(i).size());
            }
            int a = random.nextInt(plain.size());
            int b = random.nextInt(plain.size());
            assertThat(copies.get(a).differences(copies.get(b)))
                    .as("seed %d: %d and %d", seed, a, b)
                    .isEqualTo(differences(plain.get(a), plain.get(b)));
        }
    }

    private static Set<String> differences(Map<String, Integer> a, Map<String, Integer> b) {
        Set<String> all = new TreeSet<>(a.keySet());
        all.addAll(b.keySet());
        all.removeIf(name -> a.getOrDefault(name, -1).equals(b.getOrDefault(name, -1)));
        return all;
    }
}
