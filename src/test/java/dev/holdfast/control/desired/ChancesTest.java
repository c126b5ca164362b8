package dev.holdfast.control.desired;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.wire.Affinity;
import dev.holdfast.wire.Destination;
import dev.holdfast.wire.IpAddress;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ChancesTest {

    private static final ChosenTable THREE = table("be1", "be2", "be3");
    private static final ChosenTable FOUR = table("be1", "be2", "be3", "be4");
    private static final ChosenTable FIVE = table("be1", "be2", "be3", "be4", "be5");

    private static ChosenTable table(String... hosts) {
        List<Destination> destinations = new ArrayList<>();
        for (String host : hosts) {
            String last = host.substring(2);
            destinations.add(
                    new Destination(
                            host,
                            Long.parseLong(last),
                            IpAddress.parse("10.3." + last + ".2"),
                            1,
                            true));
        }
        return new ChosenTable(Affinity.CONNECTION, destinations);
    }

    @Test
    void nothingChangedYetIsNoSecondChance() {
        assertThat(Chances.of("be1", List.of())).isEmpty();
        assertThat(Chances.of("be1", List.of(THREE))).isEmpty();
    }

    @Test
    void anOldMemberAsksTheTableBeforeTheLastChangeAndThenTheOneBeforeThat() {
        assertThat(Chances.of("be1", List.of(FIVE, FOUR, THREE)))
                .containsExactly(FOUR.chance(), THREE.chance());
    }

    @Test
    void oneThatHasJustJoinedAsksTheTableFromBeforeItJoined() {
        assertThat(Chances.of("be5", List.of(FIVE, FOUR, THREE)))
                .containsExactly(FOUR.chance(), THREE.chance());
        // FOUR names it, and would end the search at a host that knows nothing of the connection.
        assertThat(Chances.of("be4", List.of(FIVE, FOUR, THREE)))
                .containsExactly(THREE.chance(), THREE.chance());
    }

    @Test
    void oneThatJoinedLongAgoIsAnOldMember() {
        ChosenTable six = table("be1", "be2", "be3", "be4", "be5", "be6");
        assertThat(Chances.of("be4", List.of(six, FIVE, FOUR, THREE)))
                .containsExactly(FIVE.chance(), FOUR.chance());
    }

    @Test
    void aHostThatWasTakenOutStillSendsOn() {
        assertThat(Chances.of("be4", List.of(THREE, FOUR, FIVE)))
                .containsExactly(FOUR.chance(), FIVE.chance());
    }
}
