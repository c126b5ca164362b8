package dev.holdfast.bench;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/// The machine that the numbers are from, without its name.
final class Machine {

    private Machine() {}

    /// A Markdown list.
    ///
    /// @param directory on the disk that the servers write to
    static String describe(Path directory) throws IOException {
        Spread durable = durableWrites(directory);
        return """
        - %d cores (%s), %d GB of memory, Linux %s
        - JDK %s (%s)
        - one 4 KiB write made durable on the servers' disk: %.2f ms (p50), %.2f ms (p99)
        """
                .formatted(
                        Runtime.getRuntime().availableProcessors(),
                        field("/proc/cpuinfo", "model name"),
                        Math.round(memoryKilobytes() / 1024.0 / 1024),
                        System.getProperty("os.version"),
                        Runtime.version(),
                        System.getProperty("java.vendor"),
                        durable.percentileMillis(50),
                        durable.percentileMillis(99));
    }

    private static long memoryKilobytes() throws IOException {
        return Long.parseLong(field("/proc/meminfo", "MemTotal").replaceAll("\\D", ""));
    }

    private static String field(String file, String name) throws IOException {
        return Files.readAllLines(Path.of(file)).stream()
                .filter(line -> line.startsWith(name))
                .map(line -> line.substring(line.indexOf(':') + 1).trim())
                .findFirst()
                .orElse("unknown");
    }

    /// Both peers answer a write only after the disk has it, so this is a floor for both.
    private static Spread durableWrites(Path directory) throws IOException {
        Path file = directory.resolve("durable");
        Spread spread = new Spread();
        try (FileChannel channel =
                FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            for (int i = 0; i < 200; i++) {
                long start = System.nanoTime();
                channel.write(ByteBuffer.allocate(4096));
                channel.force(false);
                spread.add(System.nanoTime() - start);
            }
        }
        Files.delete(file);
        return spread;
    }
}
