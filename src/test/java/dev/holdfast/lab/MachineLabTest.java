package dev.holdfast.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// What a test can do with one machine of a data centre.
@Lab
class MachineLabTest {
    private static DataCentre small;

    @BeforeAll
    static void buildDataCentre() {
        small = DataCentre.named("small").build();
    }

    @Test
    void aProgramRunsUntilItIsStopped() {
        Running program =
                small.backend(1)
                        .start(
                                "greeter",
                                "sh -c 'echo hello $NAME; sleep 1000'",
                                Map.of("NAME", "it's me"));
        program.awaitLine("hello it's me");
        assertThat(program.isAlive()).isTrue();

        program.freeze();
        awaitState(program, "T");
        program.thaw();
        awaitState(program, "S");

        program.stop();
        assertThat(program.isAlive()).isFalse();
    }

    @Test
    void aKilledProgramTakesItsChildrenAlong() {
        Machine machine = small.backend(1);
        Running program = machine.start("parent", "sh -c 'sleep 4321 & echo up; wait'");
        program.awaitLine("up");

        program.kill();

        assertThat(machine.run("pgrep -f 'sleep 4321'", Duration.ofSeconds(10)).ok()).isFalse();
    }

    @Test
    void aProgramThatEndsIsNotWaitedFor() {
        Running program = small.backend(1).start("brief", "sh -c 'echo it broke'");
        assertThatThrownBy(() -> program.awaitLine("ready")).hasMessageContaining("it broke");
    }

    @Test
    void aFailedScriptSaysWhatItSaid() {
        assertThatThrownBy(() -> small.router().sh("echo on the way; echo no >&2; exit 3"))
                .hasMessageContaining("exit: 3 (expected: 0)")
                .hasMessageContaining("small-router")
                .hasMessageContaining("on the way\nno");
    }

    @Test
    void aScriptThatTakesTooLongIsKilled() {
        Output output = small.router().run("echo started; sleep 1000", Duration.ofSeconds(5));
        assertThat(output.exit()).isEqualTo(Output.OVERDUE);
        assertThat(output.out()).isEqualTo("started\n");
    }

    @Test
    void everyMachineReachesAServerOnTheHostUntilItIsCutOff() throws IOException {
        try (ServerSocket server = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
            Thread answering = Thread.ofVirtual().start(() -> answerAll(server));
            int port = server.getLocalPort();
            assertThat(reaches(small.loadBalancer(1), Guest.HOST_ADDRESS, port)).isTrue();
            assertThat(reaches(small.backend(1), Guest.HOST_ADDRESS, port)).isTrue();

            small.backend(1).cutOffControlPlane();
            assertThat(reaches(small.backend(1), Guest.HOST_ADDRESS, port)).isFalse();
            assertThat(reaches(small.loadBalancer(1), Guest.HOST_ADDRESS, port)).isTrue();

            small.backend(1).restoreControlPlane();
            assertThat(reaches(small.backend(1), Guest.HOST_ADDRESS, port)).isTrue();
            assertThat(answering.isAlive()).isTrue();
        }
    }

    @Test
    void anUnpluggedMachineIsGoneUntilItIsPluggedInAgain() {
        Machine backend = small.backend(1);
        backend.serve(81, backend.address(), backend.address6());
        assertThat(reaches(small.client(), backend.address(), 81)).isTrue();

        backend.unplug();
        assertThat(reaches(small.client(), backend.address(), 81)).isFalse();

        backend.plug();
        assertThat(reaches(small.client(), backend.address(), 81)).isTrue();
        assertThat(reaches(small.client(), backend.address6(), 81)).isTrue();
    }

    @Test
    void writesNeverReachTheHost() throws IOException {
        Path file = Path.of("target", "written-in-the-guest").toAbsolutePath();
        Guest.shared().sh("echo hello >" + file + " && rm /etc/os-release");
        assertThat(Files.exists(file)).isFalse();
        assertThat(Files.exists(Path.of("/etc/os-release"))).isTrue();
    }

    @Test
    void twoDataCentresStandSideBySideWithTheSameAddresses() {
        try (DataCentre other = DataCentre.named("other").build()) {
            other.backend(1).serve(80, other.backend(1).address());
            String address = other.backend(1).address();
            assertThat(other.client().ask(Transport.TCP, address, 80, 1).answered()).isEqualTo(1);
            assertThat(small.client().ask(Transport.TCP, address, 80, 1).answered()).isZero();
        }
        assertThat(Guest.shared().sh("ip netns list")).doesNotContain("other").contains("small");
    }

    private static boolean reaches(Machine from, String address, int port) {
        return from.ask(Transport.TCP, address, port, 1).answered() == 1;
    }

    private static void answerAll(ServerSocket server) {
        while (!server.isClosed()) {
            try (Socket caller = server.accept()) {
                assertThat(caller.getInputStream().readNBytes("hello\n".length())).isNotEmpty();
                caller.getOutputStream().write("host you\n".getBytes(StandardCharsets.US_ASCII));
            } catch (IOException e) {
                // The next caller may have more luck; the test is over when the server is closed.
            }
        }
    }

    /// A signal is on its way for a moment.
    ///
    /// @param state as in proc_pid_stat(5)
    private static void awaitState(Running program, String state) {
        small.backend(1)
                .sh(
                        "until [ \"$(cut -d' ' -f3 /proc/%d/stat)\" = %s ]; do sleep 0.1; done"
                                .formatted(program.pid(), state));
    }
}
