package dev.holdfast.agent.program;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.agent.doctor.Finding;
import dev.holdfast.agent.doctor.Finding.Level;
import dev.holdfast.client.WireJson;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What else this machine has is not known, so it is only told that a finding is among others.
class DoctorCommandTest {

    private record Said(List<Finding> findings) {}

    @TempDir private Path directory;

    private Path config(String state) throws IOException {
        Path data = Files.createDirectory(directory.resolve("data"));
        Files.writeString(data.resolve("desired-state.json"), state);
        return Files.writeString(
                directory.resolve("agent.properties"),
                """
                role = load-balancer
                site = dc1
                name = lb1
                servers = http://127.0.0.1:1
                token = secret
                data-dir = %s
                """
                        .formatted(data));
    }

    @Test
    void aDamagedStateIsAFaultWithItsCure() throws IOException {
        String said = Spoken.by(config("{}"), 1, "doctor");

        assertThat(said)
                .contains(
                        "FAULT    ",
                        "desired-state.json: damaged",
                        "why:  the agent cannot start from it while no control plane answers",
                        "cure: mv " + directory.resolve("data/desired-state.json"));
    }

    @Test
    void programsGetTheSameAsJson() throws Exception {
        String said = Spoken.by(config("{}"), 1, "doctor", "--json");

        Said read = WireJson.read(said.getBytes(StandardCharsets.UTF_8), Said.class);
        assertThat(read.findings())
                .anySatisfy(one -> {
                    assertThat(one.level()).isEqualTo(Level.FAULT);
                    assertThat(one.what()).contains("desired-state.json: damaged");
                    assertThat(one.cure()).startsWith("mv ");
                })
                .anySatisfy(one -> {
                    assertThat(one.level()).isEqualTo(Level.WARNING);
                    assertThat(one.what()).contains("http://127.0.0.1:1 does not answer");
                });
    }

    @Test
    void aConfigurationThatCannotBeReadIsCodeTwo() {
        assertThat(Spoken.by(directory.resolve("none"), 2, "doctor")).contains("role: not set");
        assertThat(Spoken.by(directory.resolve("none"), 2, "doctor", "--jsno"))
                .contains("Unknown option", "--jsno");
    }

    @Test
    void onlyAFaultIsCodeOne() {
        Finding warning = new Finding(Level.WARNING, "what", "why", "cure");
        Finding fault = new Finding(Level.FAULT, "what", "why", "cure");

        assertThat(DoctorCommand.exitCode(List.of())).isZero();
        assertThat(DoctorCommand.exitCode(List.of(warning))).isZero();
        assertThat(DoctorCommand.exitCode(List.of(warning, fault))).isEqualTo(1);
    }
}
