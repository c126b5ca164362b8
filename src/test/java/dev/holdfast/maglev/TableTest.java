package dev.holdfast.maglev;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TableTest {

    @ParameterizedTest
    @EnumSource(TableSize.class)
    void equalWeightsOwnAllSlotsWithinOneOfEachOther(TableSize size) {
        Table table = Table.ofAscending(size, ServiceFamily.IPV4, Some.destinations(7));
        int[] slots = Some.slots(table);
        assertThat(Arrays.stream(slots).sum()).isEqualTo(size.slots());
        assertThat(Arrays.stream(slots).max().orElseThrow())
                .isLessThanOrEqualTo(Arrays.stream(slots).min().orElseThrow() + 1);
    }

    @Test
    void whateverTheWeightsSlotsFollowTurnsWithinOneRound() {
        for (long seed = 0; seed < 200; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            int count = random.nextInt(1, 60);
            int highest = random.nextInt(1, 1000);
            List<Destination> ascending =
                    Some.destinations(count, _ -> random.nextInt(0, highest + 1));
            int[] lastWeights =
                    ascending.reversed().stream().mapToInt(Destination::lastWeight).toArray();
            int[] turns = Filling.turns(TableSize.DEFAULT, lastWeights);
            int round = Arrays.stream(turns).sum();
            if (round == 0) {
                continue;
            }
            int[] slots = Some.slots(Some.table(ascending));
            int rounds = TableSize.DEFAULT.slots() / round;
            for (int i = 0; i < count; i++) {
                assertThat(slots[i])
                        .as("seed %d, destination %d", seed, i)
                        .isBetween(rounds * turns[i], (rounds + 1) * turns[i]);
            }
        }
    }

    @Test
    void theOrderOfAddingIsTheKernelsListBackwards() {
        List<Destination> ascending = Some.destinations(5);
        Table table = Some.table(ascending);
        assertThat(table.destinations()).isEqualTo(ascending.reversed());
        assertThat(
                        Table.ofKernelList(
                                        TableSize.DEFAULT, ServiceFamily.IPV4, ascending.reversed())
                                .owners())
                .isEqualTo(table.owners());
        assertThat(Table.ofKernelList(TableSize.DEFAULT, ServiceFamily.IPV4, ascending).owners())
                .isNotEqualTo(table.owners());
    }

    @Test
    void aDrainedDestinationMovesItsOwnFlowsOnly() {
        List<Destination> all = Some.destinations(20);
        Table before = Some.table(all);
        Table after = Some.table(Some.drained(all, 4));
        assertThat(after.owners()).isEqualTo(before.owners());
        int drained = 15; // newest first
        SplittableRandom random = new SplittableRandom(1);
        for (int i = 0; i < 50_000; i++) {
            int key = random.nextInt();
            if (before.find(key) == drained) {
                assertThat(after.find(key)).isNotIn(drained, -1);
                assertThat(after.findWithoutFallback(key)).isEqualTo(-1);
            } else {
                assertThat(after.find(key)).isEqualTo(before.find(key));
            }
        }
    }

    @Test
    void aWalkTellsTheSameAsFindAndEndsAtASlotOfWhatItFound() {
        List<Destination> all = Some.destinations(12);
        for (int drained = 0; drained < 9; drained++) {
            all = Some.drained(all, drained);
        }
        Table table = Some.table(all);
        SplittableRandom random = new SplittableRandom(2);
        int fallbacks = 0;
        for (int i = 0; i < 20_000; i++) {
            int key = random.nextInt();
            Walk walk = table.walk(key);
            assertThat(walk.destination()).isEqualTo(table.find(key));
            assertThat(walk.slot()).isEqualTo(table.slotOf(key));
            assertThat(walk.owner()).isEqualTo(table.ownerOf(walk.slot()));
            assertThat(table.ownerOf(walk.lastSlot())).isEqualTo(walk.destination());
            assertThat(walk.isFallback()).isEqualTo(walk.tries() > 0);
            fallbacks += walk.isFallback() ? 1 : 0;
        }
        assertThat(fallbacks).isBetween(14_500, 15_500); // 9 of 12 are drained
    }

    @Test
    void withNothingThatServesThereIsNoDestination() {
        assertThat(Some.table(List.of()).find(1)).isEqualTo(-1);
        assertThat(Some.table(List.of()).ownerOf(0)).isEqualTo(-1);
        Table neverHadWeight = Some.table(Some.destinations(3, _ -> 0));
        assertThat(neverHadWeight.find(1)).isEqualTo(-1);
        assertThat(neverHadWeight.walk(1).owner()).isEqualTo(-1);
        Table drained = Some.table(Some.drained(Some.destinations(1), 0));
        assertThat(drained.find(1)).isEqualTo(-1);
        assertThat(drained.walk(1).tries()).isEqualTo(4093);
        assertThat(drained.ownerOf(0)).isZero();
    }

    @Test
    void moreDestinationsThanSlotsAreRefused() {
        List<Destination> tooMany = Some.destinations(252);
        assertThat(
                        Table.ofAscending(
                                        TableSize.SLOTS_251,
                                        ServiceFamily.IPV4,
                                        tooMany.subList(0, 251))
                                .owners())
                .doesNotContain(-1)
                .doesNotHaveDuplicates();
        assertThatThrownBy(
                        () -> Table.ofAscending(TableSize.SLOTS_251, ServiceFamily.IPV4, tooMany))
                .isInstanceOf(TooManyDestinations.class)
                .hasMessage("destinations: 252 (expected: at most 251, one a slot)");
    }

    @Test
    void theSameDestinationTwiceIsRefused() {
        List<Destination> twice =
                List.of(
                        Destination.serving(Some.address(1), 80, 1),
                        Destination.serving(Some.address(1), 80, 2));
        assertThatThrownBy(() -> Some.table(twice))
                .hasMessage("10.0.0.1:80 twice (expected: each destination once)");
    }

    @Test
    void addressAndPortAreAddedSoNeighboursShareTheirPermutation() {
        assertThat(ServiceFamily.IPV4.key(Some.address(1), 81))
                .isEqualTo(ServiceFamily.IPV4.key(Some.address(2), 80));
        // Where two destinations have one permutation, the older one gets what the newer left.
        Table table =
                Some.table(
                        List.of(
                                Destination.serving(Some.address(1), 81, 1),
                                Destination.serving(Some.address(2), 80, 1)));
        assertThat(Some.slots(table)).containsExactly(2047, 2046);
    }

    @Test
    void anIpv6AddressIsItsWordsCombinedByXor() {
        InetAddress v6 = InetAddress.ofLiteral("2001:db8:1:2:3:4:5:6");
        assertThat(ServiceFamily.IPV6.key(v6, 443))
                .isEqualTo((0x20010db8 ^ 0x00010002 ^ 0x00030004 ^ 0x00050006) + 443);
        InetAddress v4 = InetAddress.ofLiteral("203.0.113.7");
        assertThat(ServiceFamily.IPV6.key(v4, 443)).isEqualTo(ServiceFamily.IPV4.key(v4, 443));
        // ip_vs_mh_hashkey() looks at the family of the service, not of the destination.
        assertThat(ServiceFamily.IPV4.key(v6, 443)).isEqualTo(0x20010db8 + 443);
    }
}
