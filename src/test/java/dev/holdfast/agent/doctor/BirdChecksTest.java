package dev.holdfast.agent.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.agent.announce.BirdFiles;
import dev.holdfast.agent.announce.BirdReading;
import dev.holdfast.agent.announce.FakeBird;
import dev.holdfast.agent.config.AgentConfig;
import dev.holdfast.agent.doctor.Finding.Level;
import dev.holdfast.agent.filter.FilterEngine;
import dev.holdfast.agent.kernel.FakeKernel;
import dev.holdfast.agent.reconcile.Role;
import dev.holdfast.agent.tool.Tool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What BIRD 2.0.12 answered on a load balancer as `deploy/bird` sets it up, well and not.
class BirdChecksTest {

    @TempDir private Path directory;
    private FakeBird bird;

    @BeforeEach
    void aBirdWithTheAgentsFile() throws IOException {
        bird = new FakeBird(directory);
        Files.writeString(
                bird.files().routes(),
                """
                  route 198.51.100.1/32 blackhole;
                  route 198.51.100.2/32 blackhole;
                  route 2001:db8:100::1/128 blackhole;
                """);
        bird.play("well");
    }

    @AfterEach
    void stop() {
        bird.close();
    }

    private List<Finding> findings() {
        return findings(bird.reading());
    }

    private List<Finding> findings(BirdReading reading) {
        List<Finding> findings = new BirdChecks(bird.files()).of(reading);
        assertThat(findings)
                .allSatisfy(one -> {
                    assertThat(one.why()).isNotBlank();
                    assertThat(one.cure()).isNotBlank();
                });
        return findings;
    }

    private String socket() {
        return bird.files().socket().toString();
    }

    private List<String> doctorFinds(Role role, @Nullable BirdFiles files) {
        AgentConfig config =
                new AgentConfig(
                        role,
                        "dc1",
                        "lb1",
                        List.of(),
                        () -> "token",
                        directory,
                        Duration.ofSeconds(60),
                        Duration.ofSeconds(5),
                        FilterEngine.NONE,
                        0,
                        files);
        return new Doctor(
                        config,
                        new FakeKernel(),
                        new Ground(directory),
                        new Tool("ping", "iputils-ping"))
                .examine(Optional.empty()).stream().map(Finding::what).toList();
    }

    @Test
    void theDoctorLooksAtBirdOnLoadBalancersThatAnnounce() {
        bird.play("held-back");
        String heldBack = "no BGP session carries VIP 198.51.100.1, 198.51.100.2, 2001:db8:100::1";
        assertThat(doctorFinds(Role.LOAD_BALANCER, bird.files())).contains(heldBack);
        assertThat(doctorFinds(Role.LOAD_BALANCER, null)).doesNotContain(heldBack);
        assertThat(doctorFinds(Role.BACKEND, bird.files())).doesNotContain(heldBack);
    }

    @Test
    void aBirdThatIsWellHasNoFinding() {
        assertThat(findings()).isEmpty();
    }

    @Test
    void oneThatDoesNotAnswerIsAFaultAndNothingElseIsGuessed() {
        bird.close();
        assertThat(findings())
                .singleElement()
                .satisfies(one -> {
                    assertThat(one.level()).isEqualTo(Level.FAULT);
                    assertThat(one.what())
                            .startsWith("BIRD does not answer: ask at " + socket())
                            .contains("expected: BIRD runs");
                    assertThat(one.cure()).startsWith("systemctl restart bird");
                });
    }

    @Test
    void aConfigurationThatBirdWouldRefuseIsAFault() {
        assertThat(findings(bird.readingWithABadConfiguration()))
                .singleElement()
                .satisfies(one -> {
                    assertThat(one.level()).isEqualTo(Level.FAULT);
                    assertThat(one.what()).contains("-p -c " + bird.files().config());
                });
    }

    @Test
    void aFileThatIsNotIncludedIsAFaultWithTheLineThatCuresIt() {
        bird.play("not-included");
        assertThat(findings())
                .singleElement()
                .satisfies(one -> {
                    assertThat(one.level()).isEqualTo(Level.FAULT);
                    assertThat(one.what())
                            .isEqualTo(
                                    "the BIRD that runs does not have the two protocols of "
                                            + bird.files().routes());
                    assertThat(one.cure())
                            .contains("include \"" + directory + "/*.conf\";")
                            .contains("birdc -s " + socket() + " configure");
                });
    }

    @Test
    void aFileThatIsNotThereYetOrNotReadYetIsAWarning() throws IOException {
        Files.writeString(bird.files().routes(), "route 198.51.100.1/32 blackhole;");
        assertThat(findings())
                .singleElement()
                .satisfies(one -> {
                    assertThat(one.level()).isEqualTo(Level.WARNING);
                    assertThat(one.what())
                            .startsWith(
                                    "BIRD has VIPs 198.51.100.1, 198.51.100.2, 2001:db8:100::1"
                                            + " (expected: 198.51.100.1, as in ");
                });
        Files.delete(bird.files().routes());
        assertThat(findings())
                .singleElement()
                .satisfies(one -> assertThat(one.what()).endsWith("vips.conf is not there"));
    }

    @Test
    void aBirdWithoutSessionsTellsNobody() {
        bird.say(
                "show protocols",
                "1002-device1    Device     ---        up     14:36:10.645  ",
                "0000 ");
        assertThat(findings())
                .singleElement()
                .satisfies(one -> {
                    assertThat(one.level()).isEqualTo(Level.FAULT);
                    assertThat(one.what()).isEqualTo("BIRD has no BGP session");
                });
    }

    @Test
    void aSessionThatIsDownIsAWarningWhileAnotherIsUp() {
        bird.play("refused");
        List<Finding> findings = findings();

        assertThat(findings)
                .extracting(Finding::what)
                .containsExactly(
                        "BGP session router4 is Idle Received: Bad peer AS (expected: Established)",
                        "no BGP session carries VIP 198.51.100.1, 198.51.100.2");
        assertThat(findings.getFirst().level()).isEqualTo(Level.WARNING);
        assertThat(findings.getFirst().cure())
                .startsWith("birdc -s " + socket() + " show protocols all router4");
        assertThat(findings.getLast().level()).isEqualTo(Level.FAULT);
    }

    @Test
    void sessionsThatAreAllDownAreFaults() {
        bird.play("refused");
        bird.say(
                "show protocols",
                "1002-router4    BGP        ---        start  14:49:50.343  Idle          Received: Bad peer AS",
                " router6    BGP        ---        down   14:49:50.343   ",
                "0000 ");
        assertThat(findings())
                .hasSize(2)
                .allSatisfy(one -> assertThat(one.level()).isEqualTo(Level.FAULT))
                .last()
                .satisfies(one ->
                        assertThat(one.what())
                                .isEqualTo("BGP session router6 is down (expected: Established)"));
    }

    @Test
    void aSessionWithoutBfdIsAWarning() {
        bird.play("without-bfd");
        assertThat(findings())
                .allSatisfy(one -> assertThat(one.level()).isEqualTo(Level.WARNING))
                .extracting(Finding::what)
                .containsExactly(
                        "BGP session router4 has no BFD", "BGP session router6 has no BFD");
        bird.play("well");
        bird.say("show bfd sessions", "9001 There is no BFD protocol running");
        assertThat(findings()).hasSize(2);
        bird.say(
                "show bfd sessions",
                "1020-bfd1:",
                " IP address                Interface  State      Since         Interval  Timeout",
                " 10.2.1.1                  eth0       Up         14:49:04.845    0.100    0.300",
                " fd00:2:1::1               eth0       Down       14:36:10.680    1.000    0.000",
                "0000 ");
        assertThat(findings())
                .extracting(Finding::what)
                .containsExactly("BFD of BGP session router6 is Down (expected: Up)");
    }

    @Test
    void aVipThatNoRouterIsToldOfIsAFault() {
        bird.play("held-back");
        assertThat(findings())
                .singleElement()
                .satisfies(one -> {
                    assertThat(one.level()).isEqualTo(Level.FAULT);
                    assertThat(one.what())
                            .isEqualTo(
                                    "no BGP session carries VIP 198.51.100.1, 198.51.100.2,"
                                            + " 2001:db8:100::1");
                    assertThat(one.cure()).contains("export where proto ~ \"holdfast_vips*\";");
                });
    }

    @Test
    void aNodeThatAnnouncesNothingExportsNothingAndIsWell() throws IOException {
        bird.play("held-back");
        Files.writeString(bird.files().routes(), "");
        bird.say("show route protocol holdfast_vips4", "0000 ");
        bird.say("show route protocol holdfast_vips6", "0000 ");
        assertThat(findings()).isEmpty();
    }
}
