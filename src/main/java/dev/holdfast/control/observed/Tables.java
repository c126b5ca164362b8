package dev.holdfast.control.observed;

import dev.holdfast.wire.Digest;
import dev.holdfast.wire.Report;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;

/// The Maglev tables that a load balancer read back from its kernel.
///
/// @param byService digest and size of each service's
/// @param differing slots that are not as the revision asks for, of services where there are any
record Tables(SortedMap<String, String> byService, Map<String, Integer> differing) {

    static Tables of(Report report) {
        return of(Objects.requireNonNullElse(report.tables(), List.of()));
    }

    static Tables of(List<Report.Table> tables) {
        SortedMap<String, String> byService = new TreeMap<>();
        Map<String, Integer> differing = new HashMap<>();
        for (Report.Table table : tables) {
            byService.put(table.service(), table.digest() + " " + table.slots());
            if (table.differing() != null) {
                differing.put(table.service(), table.differing());
            }
        }
        return new Tables(byService, differing);
    }

    /// Equal for equal tables, so that nodes that agree are found without reading all of them.
    String digest() {
        Digest sum = Digest.EMPTY;
        for (var table : byService.entrySet()) {
            byte[] content = table.getValue().getBytes(StandardCharsets.UTF_8);
            sum = sum.plus(Digest.ofResource("table", table.getKey(), content));
        }
        return sum.toString();
    }
}
