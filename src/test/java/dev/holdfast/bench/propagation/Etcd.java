package dev.holdfast.bench.propagation;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.holdfast.bench.Bench;
import dev.holdfast.bench.ServerProcess;
import dev.holdfast.bench.http.Caller;
import dev.holdfast.bench.http.Conversation;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/// One etcd with its defaults, spoken to through its HTTP gateway.
final class Etcd implements Contender {

    private static final String KEY = base64("/holdfast/bench");

    private final InetSocketAddress address;
    private final ServerProcess process;
    private final Caller writer;
    private final int valueBytes;
    private long revision;

    /// @param valueBytes how large a change is: as large as the other's
    Etcd(Bench bench, int valueBytes) throws IOException, InterruptedException {
        this.valueBytes = valueBytes;
        int port = bench.freePort();
        address = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
        Path directory = bench.empty("etcd");
        String clients = "http://127.0.0.1:" + port;
        String peers = "http://127.0.0.1:" + bench.freePort();
        process =
                new ServerProcess(
                        directory.resolve("log"),
                        Map.of(),
                        List.of(
                                "etcd",
                                "--data-dir=" + directory.resolve("data"),
                                "--listen-client-urls=" + clients,
                                "--advertise-client-urls=" + clients,
                                "--listen-peer-urls=" + peers));
        process.awaitReady(() -> {
            try (Caller caller = new Caller(address, "")) {
                return caller.ask("GET", "/health", "").status() == 200;
            }
        });
        writer = new Caller(address, "");
        write();
    }

    @Override
    public InetSocketAddress address() {
        return address;
    }

    @Override
    public ServerProcess process() {
        return process;
    }

    @Override
    public double besideMegabytes() {
        return 0;
    }

    @Override
    public Conversation agent(int number) {
        return new Watch(KEY, revision);
    }

    @Override
    public long nextRevision() {
        return revision + 1;
    }

    @Override
    public void write() throws IOException {
        String number = Long.toString(revision);
        String value = base64(number + ".".repeat(valueBytes - number.length()));
        String body = "{\"key\":\"" + KEY + "\",\"value\":\"" + value + "\"}";
        revision = writer.call("POST", "/v3/kv/put", body).number("revision");
    }

    @Override
    public void close() throws IOException {
        writer.close();
        process.close();
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(UTF_8));
    }
}
