package dev.holdfast.lab;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/// Boots the guest with `lab/boot` and waits until it takes commands. The guest ends with this JVM
/// even when that is killed: `lab/boot` holds our end of a pipe as its lifeline.
final class Boot {
    private static final Duration PATIENCE = Duration.ofMinutes(4);

    private Boot() {}

    static CommandChannel boot(Path console) throws IOException, InterruptedException {
        Files.createDirectories(Guest.LEFT_BEHIND);
        int port = freePort();
        Process machine =
                new ProcessBuilder("lab/boot", "--port", Integer.toString(port))
                        .redirectErrorStream(true)
                        .redirectOutput(console.toFile())
                        .start();
        Runtime.getRuntime()
                .addShutdownHook(
                        Thread.ofPlatform().name("lab-shutdown").unstarted(machine::destroy));

        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!Files.readString(console).contains("lab: ready")) {
            if (!machine.isAlive()) {
                throw new IllegalStateException(
                        "lab/boot ended with "
                                + machine.exitValue()
                                + " before the guest was ready:\n"
                                + tail(console));
            }
            if (System.nanoTime() > deadline) {
                machine.destroy();
                throw new IllegalStateException(
                        "the guest was not ready after " + PATIENCE + ":\n" + tail(console));
            }
            Thread.sleep(50);
        }
        CommandChannel commands = new CommandChannel(port);
        commands.run("-", "true", Duration.ofSeconds(30)).orThrow("-", "true");
        return commands;
    }

    /// The last lines the guest wrote on its serial console.
    static String tail(Path console) throws IOException {
        List<String> lines = Files.readString(console).lines().toList();
        return String.join("\n", lines.subList(Math.max(0, lines.size() - 60), lines.size()));
    }

    /// Below those that the kernel gives out, so that nobody is given it before the guest takes it.
    private static int freePort() throws IOException {
        while (true) {
            int port = ThreadLocalRandom.current().nextInt(20_000, 32_768);
            try (ServerSocket socket =
                    new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
                return socket.getLocalPort();
            } catch (BindException taken) {
                // another one
            }
        }
    }
}
