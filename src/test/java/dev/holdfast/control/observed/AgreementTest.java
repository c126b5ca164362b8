package dev.holdfast.control.observed;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.control.observed.Agreement.Voice;
import dev.holdfast.wire.Report;
import dev.holdfast.wire.TableDifference;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class AgreementTest {

    private final Map<String, Tables> tables = new TreeMap<>();
    private final List<Voice> voices = new ArrayList<>();

    /// @param digests of services a, b, …
    private AgreementTest said(String node, long revision, String... digests) {
        List<Report.Table> list = new ArrayList<>();
        for (int i = 0; i < digests.length; i++) {
            list.add(new Report.Table(String.valueOf((char) ('a' + i)), digests[i], 4093, null));
        }
        tables.put(node, Tables.of(list));
        voices.add(new Voice(node, revision, Tables.of(list).digest()));
        return this;
    }

    private Map<String, Boolean> agreement() {
        Map<String, Boolean> agree = new TreeMap<>();
        verdicts().forEach((node, verdict) -> agree.put(node, verdict.agrees()));
        return agree;
    }

    private Map<String, Agreement.Verdict> verdicts() {
        return Agreement.of(
                voices,
                names -> {
                    Map<String, Tables> asked = new TreeMap<>(tables);
                    asked.keySet().retainAll(names);
                    return asked;
                });
    }

    @Test
    void theSameTablesAgree() {
        said("lb1", 7, "x", "y").said("lb2", 7, "x", "y").said("lb3", 7, "x", "y");

        assertThat(agreement()).isEqualTo(Map.of("lb1", true, "lb2", true, "lb3", true));
    }

    @Test
    void theOneThatDiffersIsNamed() {
        said("lb1", 7, "x", "y").said("lb2", 7, "x", "z").said("lb3", 7, "x", "y");

        assertThat(agreement()).isEqualTo(Map.of("lb1", true, "lb2", false, "lb3", true));
    }

    @Test
    void whoDiffersIsSaidToDoSoInWhichServices() {
        said("lb1", 7, "q", "y", "q").said("lb2", 7, "x", "q", "x").said("lb3", 7, "x", "y", "x");

        assertThat(verdicts().get("lb1"))
                .isEqualTo(
                        new Agreement.Verdict(
                                List.of(new TableDifference("a", 0), new TableDifference("c", 0))));
    }

    @Test
    void eachServiceIsVotedOnByItself() {
        said("lb1", 7, "q", "y").said("lb2", 7, "x", "q").said("lb3", 7, "x", "y");

        assertThat(agreement()).isEqualTo(Map.of("lb1", false, "lb2", false, "lb3", true));
    }

    @Test
    void tablesOfAnotherSizeDifferWhateverTheirDigests() {
        said("lb1", 7, "x").said("lb2", 7, "x");
        Tables other = Tables.of(List.of(new Report.Table("a", "x", 251, null)));
        tables.put("lb3", other);
        voices.add(new Voice("lb3", 7, other.digest()));

        assertThat(agreement()).isEqualTo(Map.of("lb1", true, "lb2", true, "lb3", false));
    }

    @Test
    void aMissingServiceIsADifference() {
        said("lb1", 7, "x", "y").said("lb2", 7, "x", "y").said("lb3", 7, "x");

        assertThat(agreement()).containsEntry("lb3", false).containsEntry("lb1", true);
    }

    @Test
    void twoThatDifferHaveNoMajority() {
        said("lb1", 7, "x").said("lb2", 7, "y");

        assertThat(agreement()).isEqualTo(Map.of("lb1", false, "lb2", false));
    }

    @Test
    void ofDifferentRevisionsNothingIsKnownUnlessTheyAreTheSame() {
        said("lb1", 7, "x").said("lb2", 8, "y");
        assertThat(agreement()).isEmpty();

        said("lb3", 9, "y");
        assertThat(agreement()).isEqualTo(Map.of("lb2", true, "lb3", true));
    }

    @Test
    void oneAloneAgreesWithItself() {
        said("lb1", 7, "x");

        assertThat(agreement()).isEqualTo(Map.of("lb1", true));
    }
}
