package dev.holdfast.maglev;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PlainReadingTest {

    @ParameterizedTest
    @EnumSource(
            value = TableSize.class,
            names = {"SLOTS_32749", "SLOTS_65521", "SLOTS_131071"},
            mode = EnumSource.Mode.EXCLUDE)
    void tablesAndAnswersAreThoseOfThePlainReading(TableSize size) {
        for (long seed = 0; seed < 12; seed++) {
            compare(size, seed);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"SLOTS_32749", "SLOTS_65521", "SLOTS_131071"})
    void largeTablesToo(TableSize size) {
        compare(size, 99);
    }

    private static void compare(TableSize size, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        int count = random.nextInt(1, Math.min(size.slots(), 300));
        int highest = 1 << random.nextInt(1, 18);
        int drainedInHundred = random.nextInt(0, 101);
        List<Destination> newestFirst = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            int weight = random.nextInt(0, highest);
            newestFirst.add(
                    random.nextInt(100) < drainedInHundred
                            ? Destination.drained(Some.address(i), 80, weight)
                            : Destination.serving(Some.address(i), 80, weight));
        }
        PlainReading plain = PlainReading.of(size, newestFirst);
        Table table = Table.ofKernelList(size, ServiceFamily.IPV4, newestFirst);
        assertThat(table.owners())
                .as("seed %d", seed)
                .isEqualTo(plain.owners().stream().mapToInt(Integer::intValue).toArray());
        for (int i = 0; i < 2000; i++) {
            int key = random.nextInt();
            assertThat(table.find(key)).as("seed %d, key %d", seed, key).isEqualTo(plain.find(key));
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"SLOTS_251", "SLOTS_4093"})
    void theLastServingSlotIsFoundFromEverywhereItIsFoundByThePlainReading(TableSize size) {
        // One serving slot: long walks, which pass the end of the table.
        List<Destination> newestFirst = new ArrayList<>();
        for (int i = 0; i < size.slots(); i++) {
            newestFirst.add(Destination.drained(Some.address(i), 80, 1));
        }
        newestFirst.set(7, Destination.serving(Some.address(7), 80, 1));
        PlainReading plain = PlainReading.of(size, newestFirst);
        Table table = Table.ofKernelList(size, ServiceFamily.IPV4, newestFirst);
        SplittableRandom random = new SplittableRandom(3);
        int found = 0;
        for (int i = 0; i < 1000; i++) {
            int key = random.nextInt();
            assertThat(table.find(key)).isEqualTo(plain.find(key));
            found += table.find(key) == 7 ? 1 : 0;
        }
        assertThat(found).isBetween(560, 700); // 1 - 1/e
        assertThat(Shares.of(table).refused()).isBetween(0.365, 0.369);
    }
}
