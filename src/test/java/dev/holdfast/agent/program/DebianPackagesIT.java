package dev.holdfast.agent.program;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The packages, unpacked as `dpkg` would. That an agent out of them works is seen in the lab.
class DebianPackagesIT {

    @TempDir private Path root;

    private void unpack(String role) throws IOException, InterruptedException {
        Assumptions.assumeTrue(
                Files.isExecutable(Path.of("/usr/bin/dpkg-deb")), "Debian's dpkg-deb");
        Path built = Path.of("target", "debian");
        try (DirectoryStream<Path> packages =
                Files.newDirectoryStream(built, "holdfast-agent-" + role + "_*.deb")) {
            String deb = packages.iterator().next().toString();
            assertThat(said(Map.of(), "dpkg-deb", "-x", deb, root.toString())).isEmpty();
        }
    }

    private static String said(Map<String, String> environment, String... command)
            throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().keySet().removeIf(key -> key.startsWith("HOLDFAST_"));
        builder.environment().putAll(environment);
        Process process = builder.start();
        String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        return text;
    }

    @ParameterizedTest
    @ValueSource(strings = {"load-balancer", "backend"})
    void theProgramStartsAndAsksForItsConfiguration(String role) throws Exception {
        unpack(role);
        String program = root.resolve("usr/bin/holdfast-agent").toString();
        String config = root.resolve("etc/holdfast/agent.properties").toString();

        // It ends at once when it cannot use what was laid out for it in advance.
        Map<String, String> laidOut = Map.of("HOLDFAST_AGENT_JAVA_OPTIONS", "-XX:AOTMode=on");
        assertThat(said(laidOut, program, "--version")).startsWith("holdfast-agent ");
        assertThat(said(Map.of(), program, "--config", config, "status"))
                .contains("site: not set", "holdfast-agent: ");
        assertThat(Files.readString(Path.of(config))).contains("role = " + role + "\n");
    }

    /// What is wrong with a unit is printed; the exit code does not say it.
    @ParameterizedTest
    @ValueSource(strings = {"load-balancer", "backend"})
    void systemdHasNothingToSayAboutTheUnit(String role) throws Exception {
        Assumptions.assumeTrue(
                Files.isExecutable(Path.of("/usr/bin/systemd-analyze")), "systemd-analyze");
        unpack(role);
        Path units = root.resolve("usr/lib/systemd/system");
        Path unit = units.resolve("holdfast-agent.service");
        String text = Files.readString(unit);
        Files.writeString(unit, text.replace("ExecStart=", "ExecStart=" + root));

        assertThat(text).contains("WatchdogSec=", "ExecStart=/usr/bin/holdfast-agent run\n");
        assertThat(
                        said(
                                Map.of("SYSTEMD_UNIT_PATH", units + ":"),
                                "systemd-analyze",
                                "verify",
                                "--man=no",
                                "holdfast-agent.service"))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"load-balancer", "backend"})
    void itComesWithAManualPage(String role) throws Exception {
        unpack(role);
        Path page = root.resolve("usr/share/man/man8/holdfast-agent.8.gz");

        assertThat(page).exists();
        assertThat(List.of(said(Map.of(), "gzip", "-dc", page.toString()).split("\n", -1)))
                .contains(".SH SYNOPSIS");
    }
}
