package dev.holdfast.agent.announce;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.lab.InGuest;
import dev.holdfast.wire.IpAddress;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A real BIRD, its real configuration, and what the agent does when either is not as it should be.
@InGuest
class BirdLabTest {

    @TempDir private Path directory;
    private @Nullable Process running;
    private BirdFiles files = new BirdFiles(Path.of(""), Path.of(""), Path.of(""));

    @BeforeEach
    void configuration() throws IOException {
        files =
                new BirdFiles(
                        directory.resolve("agent/vips.conf"),
                        directory.resolve("bird.conf"),
                        directory.resolve("bird.ctl"));
        Files.createDirectories(directory.resolve("agent"));
        Files.writeString(
                files.config(),
                operators("include \"" + directory.resolve("agent") + "/*.conf\";"));
    }

    private static String operators(String include) {
        return """
        log stderr all;
        router id 10.2.1.2;
        protocol device {}
        protocol bgp tor1 {
          local 10.2.1.2 as 65001;
          neighbor 10.2.1.1 as 65000;
          ipv4 { import none; export where proto ~ "holdfast_vips*"; };
          ipv6 { import none; export where proto ~ "holdfast_vips*"; };
        }
        """
                + include
                + "\n";
    }

    private void startBird() throws IOException, InterruptedException {
        File log = directory.resolve("bird.log").toFile();
        running =
                new ProcessBuilder(
                                "/usr/sbin/bird",
                                "-f",
                                "-c",
                                files.config().toString(),
                                "-s",
                                files.socket().toString(),
                                "-P",
                                directory.resolve("bird.pid").toString())
                        .redirectErrorStream(true)
                        .redirectOutput(log)
                        .start();
        while (!answers()) {
            assertThat(running.isAlive()).as("%s", Files.readString(log.toPath())).isTrue();
            Thread.sleep(50);
        }
    }

    private boolean answers() {
        try (BirdSocket socket = BirdSocket.open(files.socket())) {
            return !socket.ask("show status").isEmpty();
        } catch (BirdException notYet) {
            return false;
        }
    }

    @AfterEach
    void stopBird() throws InterruptedException {
        if (running != null) {
            running.destroyForcibly().waitFor();
        }
    }

    private static VipRoutes routes(String... addresses) {
        return VipRoutes.of(Stream.of(addresses).map(IpAddress::parse).toList());
    }

    private List<String> ask(String command) throws BirdException {
        try (BirdSocket socket = BirdSocket.open(files.socket())) {
            return socket.ask(command);
        }
    }

    private long reloads() throws IOException {
        return Files.readString(directory.resolve("bird.log"))
                .lines()
                .filter(line -> line.contains("Reconfigured"))
                .count();
    }

    @Test
    void birdHasTheRoutesAndIsReloadedOnlyWhenItHasOthers() throws Exception {
        Bird bird = new Bird(files);
        startBird();
        VipRoutes both = routes("198.51.100.1", "2001:db8:100::1");

        bird.have(both);
        assertThat(ask("show route protocol holdfast_vips6").toString())
                .contains("2001:db8:100::1/128");
        assertThat(bird.sessions()).extracting(Session::name).containsExactly("tor1");
        assertThat(bird.carried(bird.sessions())).as("no session is up").isEmpty();
        long before = reloads();
        bird.have(both);
        assertThat(reloads()).isEqualTo(before);

        bird.have(routes());
        assertThat(ask("show route protocol holdfast_vips4").toString())
                .doesNotContain("198.51.100.1");
        assertThat(new Bird(files).routes()).as("as a new agent finds it").isEqualTo(routes());
    }

    @Test
    void routesThatSomebodyTookOutOfBirdComeBack() throws Exception {
        Bird bird = new Bird(files);
        startBird();
        bird.have(routes("198.51.100.1"));
        Files.writeString(files.routes(), routes().text());
        ask("configure");
        assertThat(ask("show route protocol holdfast_vips4").toString())
                .doesNotContain("198.51.100.1");

        bird.have(routes("198.51.100.1"));

        assertThat(ask("show route protocol holdfast_vips4").toString()).contains("198.51.100.1");
    }

    @Test
    void aConfigurationThatDoesNotIncludeTheFileIsSaid() throws Exception {
        Files.writeString(files.config(), operators(""));
        startBird();

        assertThatThrownBy(() -> new Bird(files).have(routes("198.51.100.1")))
                .isInstanceOf(BirdException.class)
                .hasMessageContaining("expected: " + files.config() + " has a line: include");
    }

    @Test
    void aConfigurationThatBirdWouldRefuseLeavesEverythingAsItWas() throws Exception {
        Bird bird = new Bird(files);
        startBird();
        bird.have(routes("198.51.100.1"));
        Files.writeString(files.config(), operators("nonsense;"));

        assertThatThrownBy(() -> bird.have(routes("198.51.100.1", "198.51.100.2")))
                .isInstanceOf(BirdException.class)
                .hasMessageContaining("syntax error");

        assertThat(bird.routes()).isEqualTo(routes("198.51.100.1"));
        assertThat(ask("show route protocol holdfast_vips4").toString()).contains("198.51.100.1");
    }

    @Test
    void aBirdThatIsGoneOrFrozenIsSaidAndTheFileIsReadyForItsReturn() throws Exception {
        Bird bird = new Bird(files);
        startBird();
        Process process = Objects.requireNonNull(running);
        new ProcessBuilder("kill", "-STOP", Long.toString(process.pid())).start().waitFor();
        assertThatThrownBy(bird::sessions).hasMessageContaining("no answer");
        process.destroyForcibly().waitFor();

        assertThatThrownBy(() -> bird.have(routes("198.51.100.1")))
                .isInstanceOf(BirdException.class)
                .hasMessageContaining("expected: BIRD runs");

        Files.deleteIfExists(files.socket());
        startBird();
        bird.have(routes("198.51.100.1"));
        assertThat(reloads()).as("it read the file at its start").isZero();
    }
}
