package dev.holdfast.bench;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/// A server in a process of its own, as it is run in earnest.
public final class ServerProcess implements Closeable {

    private static final Duration START_LIMIT = Duration.ofMinutes(5);

    /// Says whether a server answers yet.
    public interface Readiness {
        boolean ready() throws IOException;
    }

    private final Process process;
    private final Path log;

    public ServerProcess(Path log, Map<String, String> environment, List<String> command)
            throws IOException {
        this.log = log;
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
        builder.environment().putAll(environment);
        process = builder.start();
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroy));
    }

    public void awaitReady(Readiness readiness) throws InterruptedException {
        long end = System.nanoTime() + START_LIMIT.toNanos();
        while (true) {
            if (!process.isAlive()) {
                throw new IllegalStateException("it ended; see " + log);
            }
            try {
                if (readiness.ready()) {
                    return;
                }
            } catch (IOException notYet) {
                // It does not listen yet.
            }
            if (System.nanoTime() > end) {
                throw new IllegalStateException("not ready after " + START_LIMIT + "; see " + log);
            }
            Thread.sleep(200);
        }
    }

    /// What of it is in memory now.
    public double residentMegabytes() throws IOException {
        return kilobytes(process.pid(), "Rss:") / 1024.0;
    }

    /// What a process and its children have in memory, each shared page counted once.
    public static double familyMegabytes(ProcessHandle parent) {
        return Stream.concat(Stream.of(parent), parent.descendants())
                        .mapToLong(ServerProcess::proportionalKilobytes)
                        .sum()
                / 1024.0;
    }

    private static long proportionalKilobytes(ProcessHandle process) {
        try {
            return kilobytes(process.pid(), "Pss:");
        } catch (IOException ended) {
            return 0;
        }
    }

    /// The live heap, when it is a Java program.
    public double heapMegabytes() throws IOException, InterruptedException {
        jcmd("GC.run");
        // G1:    garbage-first heap   total reserved 6M, committed 5M, used 4K [...
        String info = jcmd("GC.heap_info");
        String used = info.replaceAll("(?s).*?used (\\d+)K.*", "$1");
        return Long.parseLong(used) / 1024.0;
    }

    private String jcmd(String command) throws IOException, InterruptedException {
        String jdk = System.getProperty("java.home", "");
        Process jcmd =
                new ProcessBuilder(jdk + "/bin/jcmd", Long.toString(process.pid()), command)
                        .start();
        String said = new String(jcmd.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        jcmd.waitFor();
        return said;
    }

    private static long kilobytes(long pid, String field) throws IOException {
        try (var lines = Files.lines(Path.of("/proc/" + pid + "/smaps_rollup"))) {
            return lines.filter(line -> line.startsWith(field))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                    .sum();
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    @Override
    public void close() throws IOException {
        process.destroy();
        try {
            if (!process.waitFor(30, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
