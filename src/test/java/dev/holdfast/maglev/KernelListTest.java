package dev.holdfast.maglev;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class KernelListTest {

    private static int[] owners(KernelList list) {
        return list.table(TableSize.DEFAULT, ServiceFamily.IPV4).owners();
    }

    private static KernelList filled(int count) {
        KernelList list = KernelList.empty();
        for (int number = 1; number <= count; number++) {
            list.add(Some.address(number), 80, 1);
        }
        return list;
    }

    @Test
    void anEditThereAndBackChangesNothing() {
        KernelList list = filled(20);
        int[] before = owners(list);
        list.edit(Some.address(7), 80, 5);
        assertThat(owners(list)).isNotEqualTo(before);
        list.edit(Some.address(7), 80, 1);
        assertThat(owners(list)).isEqualTo(before);
        list.edit(Some.address(7), 80, 0);
        assertThat(owners(list)).isEqualTo(before);
        assertThat(list.newestFirst().get(13))
                .isEqualTo(Destination.drained(Some.address(7), 80, 1));
    }

    @Test
    void deletingAndAddingAgainMovesToTheHead() {
        KernelList list = filled(20);
        int[] before = owners(list);
        list.delete(Some.address(7), 80);
        list.add(Some.address(7), 80, 1);
        assertThat(list.newestFirst().getFirst().address()).isEqualTo(Some.address(7));
        assertThat(owners(list)).isNotEqualTo(before);
    }

    @Test
    void addedWithNothingItOwnsNothingUntilItGetsWeight() {
        KernelList list = filled(4);
        int[] before = owners(list);
        list.add(Some.address(9), 80, 0);
        assertThat(list.newestFirst().getFirst().lastWeight()).isZero();
        assertThat(owners(list)).doesNotContain(0);
        assertThat(list.table(TableSize.DEFAULT, ServiceFamily.IPV4).find(1))
                .isEqualTo(1 + filled(4).table(TableSize.DEFAULT, ServiceFamily.IPV4).find(1));
        list.edit(Some.address(9), 80, 1);
        assertThat(owners(list)).contains(0).isNotEqualTo(before);
    }

    @Test
    void everyHistoryThatKeepsTheOrderAndAddsWithWeightEndsInTheCanonicalList() {
        for (long seed = 0; seed < 300; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            KernelList list = KernelList.empty();
            List<Destination> ascending = new ArrayList<>();
            int next = 1;
            for (int step = 0; step < 60; step++) {
                int at = ascending.isEmpty() ? -1 : random.nextInt(ascending.size());
                int what = at < 0 ? 0 : random.nextInt(4);
                int weight = random.nextInt(1, 9);
                if (what == 0) {
                    Destination added = Destination.serving(Some.address(next++), 80, weight);
                    list.add(added.address(), 80, weight);
                    ascending.add(added);
                    continue;
                }
                Destination was = ascending.get(at);
                if (what == 1) {
                    list.delete(was.address(), 80);
                    ascending.remove(at);
                } else if (what == 2) {
                    list.edit(was.address(), 80, weight);
                    ascending.set(at, Destination.serving(was.address(), 80, weight));
                } else {
                    list.edit(was.address(), 80, 0);
                    ascending.set(at, Destination.drained(was.address(), 80, was.lastWeight()));
                }
            }
            assertThat(list.newestFirst())
                    .as("seed %d", seed)
                    .isEqualTo(KernelList.canonical(ascending).newestFirst());
        }
    }

    @Test
    void repairingAnOrderKeepsWhatStandsRightAndEndsInTheCanonicalList() {
        for (long seed = 0; seed < 300; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            List<Destination> ascending = Some.destinations(random.nextInt(1, 9));
            List<Destination> present = new ArrayList<>(ascending);
            present.add(Destination.serving(Some.address(99), 80, 3));
            Collections.shuffle(present, new Random(seed));
            KernelList list = KernelList.of(present.subList(0, random.nextInt(present.size())));
            int kept = list.inOrder(ascending);
            for (Destination old : list.newestFirst()) {
                int at = ascending.indexOf(old);
                if (at < 0 || at >= kept) {
                    list.delete(old.address(), 80);
                }
            }
            assertThat(list.newestFirst()).as("seed %d", seed).hasSize(kept);
            for (Destination young : ascending.subList(kept, ascending.size())) {
                list.add(young.address(), 80, young.weight());
            }
            assertThat(list.isCanonical(ascending)).as("seed %d", seed).isTrue();
        }
        KernelList oneMoved = filled(5);
        oneMoved.delete(Some.address(4), 80);
        assertThat(oneMoved.inOrder(Some.destinations(5))).isEqualTo(3);
        oneMoved.add(Some.address(4), 80, 1);
        assertThat(oneMoved.isCanonical(Some.destinations(5))).isFalse();
        assertThat(oneMoved.inOrder(Some.destinations(5))).isEqualTo(4);
        assertThat(filled(5).inOrder(Some.drained(Some.destinations(5), 2))).isEqualTo(5);
    }

    @Test
    void whatTheKernelRefusesIsRefused() {
        KernelList list = filled(1);
        assertThatThrownBy(() -> list.add(Some.address(1), 80, 1))
                .hasMessage("add 10.0.0.1:80: it is there (expected: a new destination)");
        assertThatThrownBy(() -> list.edit(Some.address(2), 80, 1))
                .hasMessage(
                        "edit 10.0.0.2:80: it is not there (expected: a destination of the"
                                + " service)");
        assertThatThrownBy(() -> list.delete(Some.address(1), 81))
                .hasMessageStartingWith("delete 10.0.0.1:81: it is not there");
        assertThatThrownBy(() -> list.edit(Some.address(1), 80, -1))
                .hasMessage("weight: -1 (expected: 0 to 2147483647)");
    }
}
