package dev.holdfast.bench;

import dev.holdfast.bench.http.Caller;
import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/// A control plane with its embedded PostgreSQL, as `./run` starts it.
public final class HoldfastServer implements Closeable {

    private static final String ADMIN = "bench-admin-token-0123456789abcdef";

    private final InetSocketAddress address;
    private final Path data;
    private final ServerProcess process;

    public HoldfastServer(Bench bench) throws IOException, InterruptedException {
        int port = bench.freePort();
        address = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
        Path directory = bench.empty("holdfast");
        data = directory.resolve("data");
        String jdk = System.getProperty("java.home", "");
        process =
                new ServerProcess(
                        directory.resolve("log"),
                        Map.of(
                                "HOLDFAST_DATA_DIR", data.toString(),
                                "HOLDFAST_ADMIN_TOKEN", ADMIN,
                                "SERVER_PORT", Integer.toString(port)),
                        List.of(
                                jdk + "/bin/java",
                                "@deploy/control/jvm.options",
                                "-jar",
                                bench.controlJar().toString()));
        process.awaitReady(() -> {
            try (Caller caller = new Caller(address, "")) {
                return caller.ask("GET", "/actuator/health/readiness", "").status() == 200;
            }
        });
    }

    public InetSocketAddress address() {
        return address;
    }

    public ServerProcess process() {
        return process;
    }

    /// PostgreSQL is not a child of the control plane: it goes on when that dies.
    public double postgresMegabytes() throws IOException {
        String pid = Files.readAllLines(data.resolve("postgres/postmaster.pid")).getFirst().trim();
        return ProcessHandle.of(Long.parseLong(pid))
                .map(ServerProcess::familyMegabytes)
                .orElse(0.0);
    }

    /// A connection of the administrator's.
    public Caller administrator() throws IOException {
        return new Caller(address, "Authorization: Bearer " + ADMIN + "\r\n");
    }

    @Override
    public void close() throws IOException {
        process.close();
    }
}
