package dev.holdfast.agent.reconcile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.holdfast.agent.kernel.FakeKernel;
import dev.holdfast.agent.kernel.Forwarding;
import dev.holdfast.agent.kernel.KernelService;
import dev.holdfast.agent.kernel.Marks;
import dev.holdfast.agent.kernel.Scheduling;
import dev.holdfast.agent.watch.HostDesired;
import dev.holdfast.agent.watch.HostModel;
import dev.holdfast.wire.Family;
import dev.holdfast.wire.Protocol;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// What a backend host programs to send on packets that it does not know.
class SecondChanceTest {

    private static final String GUE = "{\"kind\": \"GUE\", \"port\": 6080}";
    private static final String VIP = "198.51.100.1";
    private static final String ONE = chance("CONNECTION", 1);
    private static final String TWO = chance("CONNECTION", 2);

    private static String chance(String affinity, int destinations) {
        return IntStream.rangeClosed(1, destinations)
                .mapToObj(
                        """
                        {"host": "be%1$d", "ordinal": %1$d, "address": "10.3.%1$d.2", "weight": 1, "serving": true}\
                        """
                                ::formatted)
                .collect(
                        Collectors.joining(
                                ", ",
                                "{\"affinity\": \"" + affinity + "\", \"destinations\": [",
                                "]}"));
    }

    private static String service(String name, String protocol, int port, String... chances) {
        return """
        {"name": "%s", "vip": "shop", "ports": [{"protocol": "%s", "port": %d}], "chances": [%s]}\
        """
                .formatted(name, protocol, port, String.join(", ", chances));
    }

    private static HostDesired host(String... services) {
        return HostModel.of(GUE, VIP, "[" + String.join(", ", services) + "]");
    }

    @Test
    void eachHopHasAMarkAPortAndATable() {
        List<SecondChance> chances = SecondChance.of(host(service("shop", "TCP", 80, TWO, ONE)));

        assertThat(chances).extracting(SecondChance::hop).containsExactly(1, 2);
        assertThat(chances).extracting(SecondChance::tunnelPort).containsExactly(6081, 6082);
        assertThat(chances)
                .extracting(one -> one.table().destinations().size())
                .containsExactly(2, 1);
        int free = (1 << Marks.FREE_BITS) - 1;
        assertThat(chances.getFirst().mark() & ~free).isEqualTo(Marks.FIRST_HOP);
        assertThat(chances.getLast().mark() & ~free).isEqualTo(Marks.SECOND_HOP);
    }

    @Test
    void aMarkStaysWhenOtherServicesComeAndGo() {
        int alone = SecondChance.of(host(service("shop", "TCP", 80, ONE))).getFirst().mark();
        List<SecondChance> two =
                SecondChance.of(
                        host(service("api", "TCP", 81, ONE), service("shop", "TCP", 80, ONE)));
        assertThat(two).extracting(SecondChance::mark).doesNotHaveDuplicates();
        assertThat(two.getLast().mark()).isEqualTo(alone);
    }

    @Test
    void whatWasSentOnIsKnownAtThePortsOfEveryGueThatIsAccepted() {
        HostDesired both =
                HostModel.accepting(
                        GUE, "{\"kind\": \"IPIP\"}", "{\"kind\": \"GUE\", \"port\": 7000}");
        assertThat(SecondChance.tunnelPorts(both)).containsExactly(6080, 7000);
    }

    @Test
    void thereIsNoneWhereItDoesNotWork() {
        String shop = "[" + service("shop", "TCP", 80, ONE) + "]";
        assertThat(SecondChance.of(host(service("dns", "UDP", 53, ONE)))).isEmpty();
        assertThat(SecondChance.of(HostModel.of("{\"kind\": \"IPIP\"}", VIP, shop))).isEmpty();
        assertThat(SecondChance.of(host(service("shop", "TCP", 80)))).isEmpty();
    }

    @Test
    void aVipOfIpv6HasItsMarkInItsOwnFamily() {
        String shop = "[" + service("shop", "TCP", 80, TWO, ONE) + "]";
        assertThat(SecondChance.of(HostModel.of(GUE, "2001:db8:100::1", shop)))
                .extracting(one -> one.key().family())
                .containsExactly(Family.IPV6, Family.IPV6);
    }

    /// IPVS would follow its memory of the flow, and send back to the earlier one what came back.
    @Test
    void flowsOfUdpHaveTablesOfTheirOwnAndAreNotRemembered() {
        String dns =
                """
                {"name": "dns", "vip": "shop", "ports": [{"protocol": "UDP", "port": 53},
                 {"protocol": "TCP", "port": 53}], "chances": [%1$s], "udpChances": [%1$s, %2$s]}\
                """
                        .formatted(ONE, TWO);
        List<SecondChance> chances = SecondChance.of(host(dns));

        assertThat(chances)
                .extracting(SecondChance::protocol, SecondChance::hop, SecondChance::tunnelPort)
                .containsExactly(
                        tuple(Protocol.UDP, 1, 6081),
                        tuple(Protocol.UDP, 2, 6082),
                        tuple(Protocol.TCP, 1, 6081));
        assertThat(chances).extracting(SecondChance::mark).doesNotHaveDuplicates();
        assertThat(chances)
                .extracting(one ->
                        one.target().scheduling().flags().contains(Scheduling.Flag.ONE_PACKET))
                .containsExactly(true, true, false);
    }

    @Test
    void theKernelHoldsTheEarlierTablesByMarkAndLosesThemAgain() {
        FakeKernel kernel = new FakeKernel();
        Reconciler reconciler = new Reconciler(kernel);

        assertThat(reconciler.full(host(service("shop", "TCP", 80, TWO, ONE))).failures())
                .isEmpty();
        assertThat(kernel.services()).hasSize(2);
        KernelService first = kernel.services().getFirst();
        assertThat(first.scheduling().flags())
                .containsExactlyInAnyOrder(Scheduling.Flag.FALLBACK, Scheduling.Flag.PORT);
        assertThat(kernel.entries(first.key()))
                .extracting(one -> one.destination().forwarding())
                .containsOnly(new Forwarding.Gue(6081));

        assertThat(reconciler.full(host(service("shop", "TCP", 80))).failures()).isEmpty();
        assertThat(kernel.services()).isEmpty();
    }
}
