package dev.holdfast.bench;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// What a benchmark may use: an empty directory on a real disk, free ports, the programs, and a
/// place to say how far it is.
///
/// @param directory for data and logs; kept until the next run, for whoever wants to look
/// @param controlJar the control plane as it is shipped
public record Bench(Path directory, Path controlJar) {

    public Path empty(String name) throws IOException {
        return Files.createDirectories(directory.resolve(name));
    }

    public int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    /// Prints what is known so far: a later part may take long, or fail.
    public void show(List<Table> tables) {
        tables.forEach(table -> System.out.println(table.markdown()));
    }

    public void say(String progress) {
        System.err.println("bench: " + progress);
    }
}
