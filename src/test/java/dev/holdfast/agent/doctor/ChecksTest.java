package dev.holdfast.agent.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.agent.doctor.Finding.Level;
import dev.holdfast.agent.reconcile.Role;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChecksTest {
    private static final String KERNEL = "6.1.0-56-cloud-amd64";
    private static final URI SERVER = URI.create("https://control.example");

    @TempDir private Path root;

    @BeforeEach
    void machine() throws IOException {
        file("proc/sys/kernel/osrelease", KERNEL + "\n");
        file("boot/config-" + KERNEL, "CONFIG_IP_VS=m\nCONFIG_IP_VS_MH_TAB_INDEX=12\n");
        file(
                "lib/modules/" + KERNEL + "/modules.dep",
                "kernel/net/netfilter/ipvs/ip_vs.ko: x\nkernel/net/netfilter/ipvs/ip_vs_mh.ko: x\n");
        Files.createDirectories(root.resolve("sys/module/fou"));
        file("proc/sys/net/ipv4/vs/sloppy_tcp", "1\n");
        file("proc/sys/net/ipv4/conf/all/rp_filter", "0\n");
        file("proc/sys/net/ipv4/conf/tunl0/rp_filter", "0\n");
    }

    private void file(String name, String text) throws IOException {
        Path file = root.resolve(name);
        Files.createDirectories(file.resolveSibling("."));
        Files.writeString(file, text);
    }

    private List<Finding> kernel(String... modules) {
        return KernelChecks.all(new Ground(root), Set.of(modules));
    }

    private List<Finding> settings(Role role) {
        return SettingChecks.all(new Ground(root), role);
    }

    @Test
    void aHealthyMachineHasNoFinding() {
        assertThat(kernel("ip_vs", "ip_vs_mh", "fou")).isEmpty();
        assertThat(settings(Role.LOAD_BALANCER)).isEmpty();
        assertThat(settings(Role.BACKEND)).isEmpty();
    }

    @Test
    void whatTheKernelCannotDoIsAFault() throws IOException {
        assertThat(kernel("ip6_tunnel").getFirst().what())
                .isEqualTo("module ip6_tunnel is not on this machine");
        file("proc/sys/kernel/osrelease", "5.2.21\n");
        assertThat(kernel()).hasSize(1).allMatch(one -> one.level() == Level.FAULT);
        assertThat(kernel().getFirst().what()).contains("5.2.21", "expected: 5.3 or newer");
    }

    @Test
    void tablesOfAnotherSizeAreAWarning() throws IOException {
        file("boot/config-" + KERNEL, "CONFIG_IP_VS_MH_TAB_INDEX=14\n");
        assertThat(kernel()).hasSize(1).allMatch(one -> one.level() == Level.WARNING);
        assertThat(kernel().getFirst().what())
                .isEqualTo(
                        "the kernel's Maglev table has 16381 slots"
                                + " (expected: 4093, CONFIG_IP_VS_MH_TAB_INDEX=12)");
    }

    @Test
    void aSettingThatSomebodyChangedIsNamedWithItsCure() throws IOException {
        file("proc/sys/net/ipv4/vs/sloppy_tcp", "0\n");
        assertThat(settings(Role.LOAD_BALANCER))
                .singleElement()
                .satisfies(one -> {
                    assertThat(one.what()).isEqualTo("net.ipv4.vs.sloppy_tcp is 0 (expected: 1)");
                    assertThat(one.cure()).isEqualTo("sysctl -w net.ipv4.vs.sloppy_tcp=1");
                });
    }

    @Test
    void looseIsNotGoodEnoughAndAllCountsForTheDevice() throws IOException {
        file("proc/sys/net/ipv4/conf/all/rp_filter", "2\n");
        assertThat(settings(Role.BACKEND).getFirst().what())
                .isEqualTo("net.ipv4.conf.all.rp_filter is 2 (expected: 0)");
        assertThat(settings(Role.LOAD_BALANCER)).isEmpty();
    }

    @Test
    void rulesThatLookAtStatesAreShownAndOursAreNot() {
        assertThat(
                        FirewallChecks.stateful(
                                List.of(
                                        "\t\tct state established,related accept",
                                        "-A INPUT -m conntrack --ctstate INVALID -j DROP",
                                        "ip daddr 198.51.100.1 accept comment \"hf:abc shop\"")))
                .singleElement()
                .satisfies(one ->
                        assertThat(one.what())
                                .contains("2 rules", "ct state established", "--ctstate INVALID"));
        assertThat(FirewallChecks.stateful(List.of("tcp dport 22 accept"))).isEmpty();
    }

    @Test
    void aClockThatIsFarOffIsFoundAndWhatIsNoDateIsNot() {
        Instant now = Instant.parse("2026-11-25T12:00:00Z");
        assertThat(PathChecks.clock(SERVER, "Wed, 25 Nov 2026 12:00:20 GMT", now)).isEmpty();
        assertThat(PathChecks.clock(SERVER, "soon", now)).isEmpty();
        assertThat(PathChecks.clock(SERVER, "Wed, 25 Nov 2026 12:02:00 GMT", now))
                .hasValueSatisfying(one -> assertThat(one.what()).contains("120 s behind that of"));
    }
}
