package dev.holdfast.agent.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.agent.kernel.DestinationKey;
import dev.holdfast.agent.kernel.Forwarding;
import dev.holdfast.agent.kernel.KernelDestination;
import dev.holdfast.agent.kernel.Scheduling;
import dev.holdfast.agent.kernel.ServiceKey;
import dev.holdfast.agent.kernel.Step;
import dev.holdfast.wire.IpAddress;
import dev.holdfast.wire.Protocol;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ServicePlannerTest {

    private static final ServiceKey KEY =
            ServiceKey.at(IpAddress.parse("198.51.100.1"), Protocol.TCP, 80);
    private static final Scheduling MH =
            new Scheduling("mh", Set.of(Scheduling.Flag.FALLBACK, Scheduling.Flag.PORT));

    private static DestinationKey key(char letter) {
        return new DestinationKey(IpAddress.parse("203.0.113." + (letter - 'a' + 1)), 80);
    }

    private static TargetService want(String destinations) {
        List<TargetDestination> list = new ArrayList<>();
        for (String one : destinations.isEmpty() ? new String[0] : destinations.split(" ")) {
            boolean serving = !one.endsWith("!");
            boolean cut = one.endsWith("x!");
            int nominal = Integer.parseInt(one.substring(1).replace("!", "").replace("x", ""));
            list.add(
                    new TargetDestination(
                            key(one.charAt(0)),
                            new Forwarding.Direct(),
                            nominal,
                            serving
                                    ? TargetDestination.Serving.YES
                                    : cut
                                            ? TargetDestination.Serving.CUT
                                            : TargetDestination.Serving.NO));
        }
        return new TargetService("shop", KEY, MH, list);
    }

    private static SeenService have(String destinations) {
        List<SeenDestination> list = new ArrayList<>();
        for (String one : destinations.isEmpty() ? new String[0] : destinations.split(" ")) {
            boolean connected = one.endsWith("*");
            String[] weights = one.substring(1).replace("*", "").split("/", -1);
            int weight = Integer.parseInt(weights[0]);
            Integer last = weights.length == 1 ? Integer.valueOf(weight) : null;
            if (weights.length == 2 && !weights[1].equals("?")) {
                last = Integer.valueOf(weights[1]);
            }
            list.add(
                    new SeenDestination(
                            new KernelDestination(
                                    key(one.charAt(0)), new Forwarding.Direct(), weight),
                            last,
                            connected));
        }
        return new SeenService(KEY, MH, list);
    }

    private static String shortly(Step step) {
        return switch (step) {
            case Step.AddDestination(ServiceKey _, KernelDestination d) -> "+" + shortly(d);
            case Step.EditDestination(ServiceKey _, KernelDestination d) -> "=" + shortly(d);
            case Step.RemoveDestination(ServiceKey _, DestinationKey k) -> "-" + letter(k);
            case Step.CutDestination(ServiceKey _, KernelDestination d) -> "x" + letter(d.key());
            case Step other -> other.operation();
        };
    }

    private static String shortly(KernelDestination d) {
        return letter(d.key()) + d.weight();
    }

    private static String letter(DestinationKey key) {
        return String.valueOf((char) ('a' + key.address().low() % 256 - 1));
    }

    /// Wanted: letter, nominal weight, `!` when not serving, `x!` when also cut; in ascending
    /// order. There: letter and weight, `/` last weight where it is 0, `*` with connections; in
    /// order of adding. Steps: `+` add, `=` edit, `-` remove for a moment, `x` remove and cut.
    @ParameterizedTest
    @CsvSource({
        // nothing to do
        "'', '', ''",
        "a1 b2, a1 b2, ''",
        "a1 b2!, a1 b0/2, ''",
        // add last, remove anywhere, without touching the others
        "a1 b1 c1, a1 b1, +c1",
        "a1 c1, a1 b1 c1, xb",
        "b1 c1, a1 b1 c1, xa",
        "'', a1 b1, xa xb",
        "b1 d1, a1 b1 c1, +d1 xa xc",
        // weights
        "a3, a1, =a3",
        "a1, a0/1, =a1",
        "a1, a0/?, =a1",
        "a1!, a1, =a0",
        // not serving: the table must be that of the nominal weight all the same
        "a1 b2!, a1, +b2 =b0",
        "a3!, a1, =a3 =a0",
        "a3!, a0/1, =a3 =a0",
        "a3!, a0/?, =a3 =a0",
        "a3!, a0/3, ''",
        // order: keep the longest beginning of what is wanted that is in order, add the rest anew
        "a1 b1 c1, a1 c1 b1, -c +c1",
        "a1 b1 c1, c1 a1 b1, -c +c1",
        "a1 b1 c1, b1 c1 a1, -b +b1 -c +c1",
        "a1 b1 c1, c1 b1 a1, -b +b1 -c +c1",
        "a1 b1 c1 d1, a1 c1 d1, +b1 -c +c1 -d +d1",
        "a1 b2! c1, a1 c1 b0/2, -c +c1",
        "b1 c1 a1, a1 b1 c1, -a +a1",
        // cut: away with its connections, and back to its place
        "a1 b2x!, a1 b2, xb +b2 =b0",
        "a1 b2x!, a1 b0/2*, xb +b2 =b0",
        "a1 b2x!, a1 b0/2, ''",
        "a1 b2x!, a1, +b2 =b0",
        "a1x! b1 c2!, a1 b1* c0/2, xa +a1 =a0 -b +b1 -c +c2 =c0",
        "a1 b1x! c1x!, a1 b1* c0/1*, xc xb +b1 =b0 +c1 =c0",
        "a1 b1! c1, a1 b0/1* c1*, ''",
        "a1 b1 c1 d1, a1 x1 c1 b1 d1, -c +c1 -d +d1 xx",
    })
    void stepsLeadToTheCanonicalOrderWithLeastChurn(String wanted, String there, String steps) {
        assertThat(
                        String.join(
                                " ",
                                ServicePlanner.plan(want(wanted), have(there)).stream()
                                        .map(ServicePlannerTest::shortly)
                                        .toList()))
                .isEqualTo(steps);
    }

    @ParameterizedTest
    @CsvSource({"'', ''", "a1 b3!, ' +a1 +b3 =b0'"})
    void aNewServiceChoosesOnceItIsWhole(String wanted, String steps) {
        assertThat(
                        String.join(
                                " ",
                                ServicePlanner.plan(want(wanted), null).stream()
                                        .map(ServicePlannerTest::shortly)
                                        .toList()))
                .isEqualTo("add without a scheduler" + steps + " set mh [FALLBACK, PORT]");
    }

    @ParameterizedTest
    @CsvSource({"rr, FALLBACK", "mh, PORT", "mh, PERSISTENT"})
    void aChangedServiceKeepsItsDestinations(String scheduler, Scheduling.Flag flag) {
        SeenService other =
                new SeenService(
                        KEY, new Scheduling(scheduler, Set.of(flag)), have("a1 b1").destinations());
        assertThat(ServicePlanner.plan(want("a1 b1"), other))
                .containsExactly(new Step.EditService(KEY, MH));
    }
}
