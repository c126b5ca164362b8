package dev.holdfast.agent.program;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.control.driver.Api;
import dev.holdfast.control.driver.SiteOfATest;
import dev.holdfast.control.driver.WithControlPlane;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.beans.factory.annotation.Autowired;

/// The agent's jar alone, and the image with a Java runtime of its own, talk with a control plane.
///
/// Nothing here gives an agent a state to apply: these tests run on a person's own machine, and the
/// lab tests run the same two for real.
@WithControlPlane
class AgentClasspathIT {

    /// With the blanks around it: names of temporary directories are long numbers.
    private static final String REFUSED = " 401 ";

    @Autowired private Api api;
    @TempDir private Path directory;
    private Path config = Path.of("");

    static Stream<ShippedAgent> shipped() {
        return Stream.of(ShippedAgent.jar(), ShippedAgent.image());
    }

    @BeforeEach
    void configure() throws IOException {
        SiteOfATest site = api.newSite("{'vipRanges': ['198.51.100.0/24']}");
        site.put("nodes/lb1", "{'address': '192.0.2.1'}").is(201);
        config =
                Files.writeString(
                        directory.resolve("agent.properties"),
                        """
                        role=load-balancer
                        site=%s
                        name=lb1
                        servers=http://127.0.0.1:%d
                        token=made-up
                        report-seconds=1
                        data-dir=%s
                        """
                                .formatted(
                                        site.name(),
                                        api.server().getPort(),
                                        directory.resolve("data")));
    }

    @ParameterizedTest
    @MethodSource("shipped")
    void helpNamesEveryCommand(ShippedAgent agent) {
        assertThat(agent.ask(Map.of(), "--help").text()).contains("run", "plan", "status");
        assertThat(agent.ask(Map.of(), "--version").text()).startsWith("holdfast-agent ");
    }

    @ParameterizedTest
    @MethodSource("shipped")
    void aWrongKeyIsAnsweredWithTheRightOne(ShippedAgent agent) throws IOException {
        Files.writeString(config, "sevrers=http://127.0.0.1:1\n");
        ShippedAgent.Said said = agent.ask(Map.of(), "--config", config.toString(), "status");
        assertThat(said.exitCode()).isNotZero();
        assertThat(said.text()).contains("sevrers", "servers");
    }

    @ParameterizedTest
    @MethodSource("shipped")
    void whatTheControlPlaneSaysToAWrongTokenIsInTheStatus(ShippedAgent agent) throws Exception {
        assertThat(agent.ask(Map.of(), "--config", config.toString(), "status").text())
                .contains("no agent ran");
        try (ShippedAgent.Running _ = agent.run(directory, config)) {
            String status = "";
            for (int i = 0; i < 120 && !status.contains(REFUSED); i++) {
                Thread.sleep(500);
                status = agent.ask(Map.of(), "--config", config.toString(), "status").text();
            }
            assertThat(status)
                    .contains("applied       nothing yet", "agent         running", REFUSED);
        }
    }

    @ParameterizedTest
    @MethodSource("shipped")
    void theEnvironmentWins(ShippedAgent agent) {
        assertThat(
                        agent.ask(
                                        Map.of("HOLDFAST_ROLE", "router"),
                                        "--config",
                                        config.toString(),
                                        "status")
                                .text())
                .contains("router", "load-balancer", "backend");
    }
}
