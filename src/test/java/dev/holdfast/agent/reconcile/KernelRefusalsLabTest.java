package dev.holdfast.agent.reconcile;

import static dev.holdfast.netlink.Commands.run;
import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.agent.kernel.KernelDestination;
import dev.holdfast.agent.kernel.LinuxKernel;
import dev.holdfast.agent.kernel.ServiceKey;
import dev.holdfast.agent.watch.DesiredState;
import dev.holdfast.agent.watch.HostModel;
import dev.holdfast.agent.watch.SiteModel;
import dev.holdfast.lab.InGuest;
import dev.holdfast.wire.Encapsulation;
import dev.holdfast.wire.Failure;
import dev.holdfast.wire.Protocol;
import java.net.DatagramSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// A kernel that refuses: the rest is applied, the failure says what was refused and why, what
/// belongs to others stays, and all is well once the reason is gone.
@InGuest
class KernelRefusalsLabTest {

    private static final Path BLOCKED = Path.of("/etc/modprobe.d/holdfast-lab.conf");

    private LinuxKernel kernel;
    private Reconciler reconciler;

    @BeforeEach
    void open() throws Exception {
        run("ip link set lo up");
        kernel = LinuxKernel.open();
        reconciler = new Reconciler(kernel);
        Life.furnish(kernel);
    }

    @AfterEach
    void clear() throws Exception {
        Files.deleteIfExists(BLOCKED);
        reconciler.cleanup(Role.LOAD_BALANCER, new SiteModel("e1").desired().vipRanges());
        run("ipvsadm -C");
        kernel.close();
        run("modprobe -a sit ip_vs_mh");
    }

    /// As on a machine without the kernel's extra modules. The namespaces of tests that ran before
    /// take a while to go, and what is in use stays.
    private static void without(String module) throws Exception {
        Files.writeString(BLOCKED, "install " + module + " /bin/false\n");
        unload(module);
    }

    private static void unload(String modules) throws Exception {
        run(
                """
                n=0
                until modprobe -qr %1$s; do
                    n=$((n + 1))
                    [ $n -lt 120 ] || { modprobe -r %1$s; cat /proc/modules; exit 1; }
                    sleep 0.5
                done
                """
                        .formatted(modules));
    }

    private static SiteModel site(Encapsulation.Kind kind) {
        return new SiteModel("e1", kind).putService("s1", 3).putService("s6", 3);
    }

    private Set<String> failures(DesiredState state) {
        return reconciler.full(state).failures().stream()
                .map(Failure::resource)
                .collect(Collectors.toSet());
    }

    private List<Integer> weights(SiteModel site, String service) throws Exception {
        ServiceKey key = ServiceKey.at(site.vip(service), Protocol.TCP, 80);
        return kernel.service(key).orElseThrow().destinations().stream()
                .map(KernelDestination::weight)
                .toList();
    }

    private void isWell(SiteModel site) throws Exception {
        assertThat(failures(site.desired())).isEmpty();
        assertThat(weights(site, "s1")).containsExactly(1, 2, 3);
        assertThat(weights(site, "s6")).containsExactly(1, 2, 3);
    }

    @Test
    void aModuleOfTunnelsIsMissing() throws Exception {
        SiteModel site = site(Encapsulation.Kind.FOU);
        without("sit");

        Outcome outcome = reconciler.full(site.desired());

        assertThat(outcome.failures())
                .extracting(Failure::resource)
                .containsExactlyInAnyOrder(
                        "module sit", "tunnel hf6-web0", "tunnel hf6-web1", "tunnel hf6-web2");
        assertThat(outcome.failures().getFirst().error()).contains("modprobe sit:");
        assertThat(outcome.failures().get(1).operation()).contains("add hf6-web0 (sit to web0");
        assertThat(outcome.failures().get(1).error()).contains("EOPNOTSUPP", "Unknown device type");
        assertThat(weights(site, "s1")).containsExactly(1, 2, 3);
        assertThat(weights(site, "s6")).containsExactly(0, 0, 0);

        Files.delete(BLOCKED);
        isWell(site);
    }

    @Test
    void theModuleOfTheTablesIsMissing() throws Exception {
        SiteModel site = site(Encapsulation.Kind.FOU);
        without("ip_vs_mh");

        Outcome outcome = reconciler.full(site.desired());

        assertThat(outcome.failures())
                .extracting(Failure::resource)
                .containsExactlyInAnyOrder(
                        "module ip_vs_mh",
                        "service s1 TCP 80",
                        "service s1 UDP 53",
                        "service s6 TCP 80",
                        "service s6 UDP 53");
        assertThat(outcome.failures().getLast().operation()).startsWith("set mh");
        assertThat(outcome.failures().getLast().error()).contains("ENOENT");
        assertThat(kernel.tunnels()).hasSize(2 * 3);
        assertThat(kernel.service(Life.FOREIGN)).isPresent();

        Files.delete(BLOCKED);
        isWell(site);
    }

    @Test
    void ipvsThatSomebodyUnloadsIsLoadedAgain() throws Exception {
        SiteModel site = site(Encapsulation.Kind.GUE);
        isWell(site);
        run("ipvsadm -C; modprobe ip_vs_sh");
        String schedulers = run("awk '$1 == \"ip_vs\" { print $4 }' /proc/modules");
        unload(schedulers.strip().replace(',', ' ') + " ip_vs");

        isWell(site);
    }

    @Test
    void moreDestinationsThanSlotsAreSaidAndTheOldestServe() throws Exception {
        SiteModel site = new SiteModel("e1").putService("s1", 4_100);

        Outcome outcome = reconciler.full(site.desired());

        assertThat(outcome.failures())
                .containsExactly(
                        new Failure(
                                "service s1",
                                "add the newest 7 destinations",
                                "4100 destinations (expected: at most 4093, the slots of the"
                                        + " kernel's table)"));
        assertThat(weights(site, "s1")).hasSize(4_093);
        assertThat(reconciler.full(site.desired()).taken()).isEmpty();

        site.putService("s1", 3);
        assertThat(failures(site.desired())).isEmpty();
        assertThat(weights(site, "s1")).containsExactly(1, 2, 3);
    }

    @Test
    void theNameOfATunnelIsTakenBySomebodyElse() throws Exception {
        SiteModel site = site(Encapsulation.Kind.FOU);
        run("ip link add hf4-web1 type dummy");
        run("ip address add 192.0.2.1/24 dev hf4-web1");
        run("ip link set hf4-web1 up");
        String theirs = run("ip -o -4 address show hf4-web1; ip -o -d link show hf4-web1");

        Outcome outcome = reconciler.full(site.desired());

        assertThat(outcome.failures())
                .extracting(Failure::resource)
                .containsExactly("tunnel hf4-web1");
        Failure failure = outcome.failures().getFirst();
        assertThat(failure.operation()).startsWith("add hf4-web1 (ipip to web1, 10.3.1.2");
        assertThat(failure.error()).contains("EEXIST: File exists");
        assertThat(weights(site, "s1")).containsExactly(1, 0, 3);
        assertThat(weights(site, "s6")).containsExactly(1, 2, 3);
        assertThat(run("ip -o -4 address show hf4-web1; ip -o -d link show hf4-web1"))
                .isEqualTo(theirs);

        run("ip link del hf4-web1");
        isWell(site);
    }

    @Test
    void aHostOfTheOtherFamilyThanTheNodeHurtsNobodyElse() throws Exception {
        SiteModel site = site(Encapsulation.Kind.FOU).putHost("web9", "2001:db8:9::2");

        isWell(site);
        assertThat(kernel.tunnels()).hasSize(2 * 3);

        Outcome outcome = reconciler.change(site.join("s6", "web9").desired());

        assertThat(outcome.failures())
                .extracting(Failure::resource)
                .containsExactlyInAnyOrder("service s6 TCP 80", "service s6 UDP 53");
        assertThat(outcome.failures().getFirst().operation()).isEqualTo("send to web9");
        assertThat(weights(site, "s1")).containsExactly(1, 2, 3);
        assertThat(weights(site, "s6")).containsExactly(1, 2, 3, 0);
        assertThat(reconciler.full(site.desired()).taken()).isEmpty();
    }

    @Test
    void thePortOfAListenerIsTaken() throws Exception {
        var host = HostModel.of("{\"kind\": \"GUE\", \"port\": 6080}", "198.51.100.1", "[]");
        try (DatagramSocket taken = new DatagramSocket(6081)) {
            Outcome outcome = reconciler.full(host);

            assertThat(outcome.failures())
                    .extracting(Failure::resource)
                    .containsExactly("listener port 6081");
            assertThat(outcome.failures().getFirst().operation()).contains("add", "6081");
            assertThat(outcome.failures().getFirst().error()).contains("EADDRINUSE");
            assertThat(kernel.listeners()).hasSize(2);
            assertThat(kernel.addresses()).hasSize(1);
            assertThat(taken.isClosed()).isFalse();
        }
        assertThat(failures(host)).isEmpty();
        assertThat(kernel.listeners()).hasSize(3);
        reconciler.cleanup(Role.BACKEND, List.of());
    }

    /// As where an agent is installed on a backend of other load balancers.
    @Test
    void aVipThatSomebodyElsePutOnLoDoesAsWellAndStaysTheirs() throws Exception {
        var host = HostModel.of("{\"kind\": \"GUE\", \"port\": 6080}", "198.51.100.1", "[]");
        run("ip address add 198.51.100.1/32 dev lo");

        assertThat(failures(host)).isEmpty();
        assertThat(kernel.addresses()).isEmpty();
        assertThat(reconciler.full(host).taken()).isEmpty();
        reconciler.cleanup(Role.BACKEND, List.of());
        assertThat(run("ip -o -4 address show lo")).contains("198.51.100.1/32");

        assertThat(failures(host)).isEmpty();
        run("ip address del 198.51.100.1/32 dev lo");
        assertThat(failures(host)).isEmpty();
        assertThat(kernel.addresses()).hasSize(1);
        reconciler.cleanup(Role.BACKEND, List.of());
        assertThat(run("ip -o -4 address show lo")).doesNotContain("198.51.100.1");
    }
}
