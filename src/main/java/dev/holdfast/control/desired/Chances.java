package dev.holdfast.control.desired;

import dev.holdfast.wire.Chance;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// Which earlier tables a host asks, in turn, for a packet of a connection it does not know.
///
/// First the table from before the last change; but a host that joined one or two changes ago asks
/// the one from before it joined, since a table that names the host itself ends the search. A
/// packet that was sent on once already is asked of the table from before the change before the
/// last, whoever has it by then: its sender may have asked a younger one. Measured: two changes in
/// a row, zero resets; asking everyone the same tables left some.
final class Chances {

    private static final int RECENT = 2;

    private Chances() {}

    /// @param tables of one service, newest first; the first is the present one
    static List<Chance> of(String host, List<ChosenTable> tables) {
        int first = 1;
        for (int age = 1; age <= RECENT && age < tables.size(); age++) {
            if (!tables.get(age).serves(host)) {
                first = age;
                break;
            }
        }
        return IntStream.of(first, RECENT)
                .filter(age -> age < tables.size())
                .mapToObj(age -> tables.get(age).chance())
                .toList();
    }

    /// Whether a host that is asked what it does with unknown packets would notice a difference.
    static boolean differ(List<ChosenTable> before, List<ChosenTable> after) {
        return !earlier(before).equals(earlier(after));
    }

    private static List<ChosenTable> earlier(List<ChosenTable> tables) {
        return Stream.of(tables).flatMap(all -> all.stream().skip(1)).toList();
    }
}
