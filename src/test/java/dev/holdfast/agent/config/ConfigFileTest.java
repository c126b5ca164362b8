package dev.holdfast.agent.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.agent.announce.BirdFiles;
import dev.holdfast.agent.filter.FilterEngine;
import dev.holdfast.agent.reconcile.Role;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConfigFileTest {

    private static final Map<String, String> NEEDED =
            Map.of(
                    "HOLDFAST_ROLE", "load-balancer",
                    "HOLDFAST_SITE", "fra1",
                    "HOLDFAST_NAME", "lb1",
                    "HOLDFAST_SERVERS", "http://192.0.2.1:8080",
                    "HOLDFAST_TOKEN", "secret");

    @TempDir private Path directory;

    private AgentConfig read(Map<String, String> environment) throws ConfigException {
        return ConfigFile.read(directory.resolve("agent.properties"), environment);
    }

    @Test
    void defaultsAreAsDocumented() throws Exception {
        AgentConfig config = read(NEEDED);

        assertThat(config.dataDirectory()).isEqualTo(Path.of("/var/lib/holdfast-agent"));
        assertThat(config.round()).isEqualTo(Duration.ofSeconds(30));
        assertThat(config.report()).isEqualTo(Duration.ofSeconds(10));
        assertThat(config.credentials().token()).isEqualTo("secret");
        assertThat(config.filter()).isEqualTo(FilterEngine.AUTO);
        assertThat(config.metricsPort()).isEqualTo(9219);
        assertThat(config.bird()).as("announces nothing").isNull();
    }

    @Test
    void everyKeyIsReadFromTheFileAndTheEnvironmentWins() throws Exception {
        Files.writeString(directory.resolve("token"), "from-file\n");
        Files.writeString(
                directory.resolve("agent.properties"),
                """
                role = backend
                site = fra1
                name = web1
                servers = https://a.example, https://b.example:8443/
                token-file = %s
                data-dir = /srv/agent
                round-seconds = 5
                report-seconds = 2
                filter = iptables
                metrics-port = 0
                bird-file = /var/lib/holdfast-agent/bird.conf
                bird-socket = /run/bird2.ctl
                """
                        .formatted(directory.resolve("token")));

        AgentConfig config = read(Map.of("HOLDFAST_NAME", "web2"));

        assertThat(config.role()).isEqualTo(Role.BACKEND);
        assertThat(config.site()).isEqualTo("fra1");
        assertThat(config.name()).isEqualTo("web2");
        assertThat(config.servers())
                .containsExactly(
                        URI.create("https://a.example"), URI.create("https://b.example:8443"));
        assertThat(config.credentials().token()).isEqualTo("from-file");
        assertThat(config.dataDirectory()).isEqualTo(Path.of("/srv/agent"));
        assertThat(config.round()).isEqualTo(Duration.ofSeconds(5));
        assertThat(config.report()).isEqualTo(Duration.ofSeconds(2));
        assertThat(config.filter()).isEqualTo(FilterEngine.IPTABLES);
        assertThat(config.metricsPort()).isZero();
        assertThat(config.bird())
                .isEqualTo(
                        new BirdFiles(
                                Path.of("/var/lib/holdfast-agent/bird.conf"),
                                Path.of("/etc/bird/bird.conf"),
                                Path.of("/run/bird2.ctl")));
    }

    @Test
    void aWrongKeyIsAnsweredWithTheRightOne() throws IOException {
        Files.writeString(directory.resolve("agent.properties"), "server = http://192.0.2.1\n");

        assertThatThrownBy(() -> read(NEEDED))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("server: unknown key")
                .hasMessageContaining("did you mean servers?");
    }

    @Test
    void allThatIsMissingIsSaidAtOnce() {
        assertThatThrownBy(() -> read(Map.of()))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("role: not set")
                .hasMessageContaining("site: not set")
                .hasMessageContaining("name: not set")
                .hasMessageContaining("servers: not set")
                .hasMessageContaining("token, token-file: none is set");
    }

    @ParameterizedTest
    @CsvSource({
        "HOLDFAST_ROLE, router, 'role: router (expected: load-balancer or backend)'",
        "HOLDFAST_SERVERS, lb-control:8080, 'servers: lb-control:8080 (expected: a URL'",
        "HOLDFAST_ROUND_SECONDS, 0, 'round-seconds: 0 (expected: a whole number from 1 to 3600)'",
        "HOLDFAST_REPORT_SECONDS, soon, 'report-seconds: soon (expected: a whole number from 1'",
        "HOLDFAST_FILTER, ipfw, 'filter: ipfw (expected: auto, nftables, iptables or none)'",
        "HOLDFAST_METRICS_PORT, 70000, 'metrics-port: 70000 (expected: a port on loopback, or 0'",
        "HOLDFAST_TOKEN_FILE, /etc/token, 'token, token-file: both are set'",
    })
    void aBadValueIsNamed(String variable, String value, String message) {
        Map<String, String> environment = new HashMap<>(NEEDED);
        environment.put(variable, value);

        assertThatThrownBy(() -> read(environment)).hasMessageContaining(message);
    }
}
