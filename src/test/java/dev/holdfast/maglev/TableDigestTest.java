package dev.holdfast.maglev;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class TableDigestTest {

    private static final List<Destination> FIVE = Some.destinations(5);

    private static String digest(List<Destination> ascending) {
        return TableDigest.of(Some.table(ascending));
    }

    @Test
    void isAFixedText() {
        // Agents and control planes of different versions compare it: it must not change by
        // accident.
        assertThat(digest(FIVE)).isEqualTo("b2a40048f121df2968405177acfdc46e");
        assertThat(TableDigest.ofService(new TreeMap<>(Map.of("TCP/80", Some.table(FIVE)))))
                .isEqualTo("b0a107292d2298f4b33d93ec8257c7d1");
    }

    @Test
    void tellsOrderSetWeightsAndServingApart() {
        assertThat(
                        List.of(
                                digest(FIVE),
                                digest(FIVE.reversed()),
                                digest(Some.without(FIVE, 2)),
                                digest(Some.drained(FIVE, 2)),
                                digest(Some.destinations(5, number -> number)),
                                digest(List.of())))
                .doesNotHaveDuplicates();
    }

    @Test
    void tellsADrainFromADrainOfABackendAddedAtZero() {
        KernelList edited = KernelList.canonical(FIVE);
        edited.edit(Some.address(5), 80, 0);
        KernelList restarted = KernelList.canonical(FIVE.subList(0, 4));
        restarted.add(Some.address(5), 80, 0);
        assertThat(TableDigest.of(edited.table(TableSize.DEFAULT, ServiceFamily.IPV4)))
                .isNotEqualTo(
                        TableDigest.of(restarted.table(TableSize.DEFAULT, ServiceFamily.IPV4)));
    }

    @Test
    void doesNotSeeWhatNoFlowSees() {
        assertThat(digest(Some.destinations(5, _ -> 7))).isEqualTo(digest(FIVE));
        KernelList list = KernelList.canonical(FIVE);
        list.add(Some.address(9), 80, 0);
        assertThat(TableDigest.of(list.table(TableSize.DEFAULT, ServiceFamily.IPV4)))
                .isEqualTo(digest(FIVE));
    }

    @Test
    void tellsSizesFamiliesAndPortsApart() {
        Table small = Table.ofAscending(TableSize.SLOTS_251, ServiceFamily.IPV4, FIVE);
        Table v6 = Table.ofAscending(TableSize.DEFAULT, ServiceFamily.IPV6, FIVE);
        assertThat(List.of(digest(FIVE), TableDigest.of(small), TableDigest.of(v6)))
                .doesNotHaveDuplicates();
        Table table = Some.table(FIVE);
        assertThat(
                        List.of(
                                TableDigest.ofService(new TreeMap<>(Map.of("TCP/80", table))),
                                TableDigest.ofService(new TreeMap<>(Map.of("UDP/80", table))),
                                TableDigest.ofService(
                                        new TreeMap<>(Map.of("TCP/80", table, "UDP/80", table)))))
                .doesNotHaveDuplicates();
    }
}
