package dev.holdfast.bench.foresight;

import dev.holdfast.bench.HoldfastServer;
import dev.holdfast.bench.http.Caller;
import dev.holdfast.bench.http.Message;
import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// A large site: many services of ten backends, and one, `wide`, that has every host as a backend.
final class Landscape implements Closeable {

    static final int SERVICES = 1_000;
    static final int BACKENDS = 10;
    static final int HOSTS = 1_000;
    static final int NODES = 3;
    static final int PORT = 443;
    static final int WEIGHT = 100;

    private static final String SITE = "/api/v1/sites/large";
    private static final int CHANGES_AT_ONCE = 500;

    private final Caller administrator;

    Landscape(HoldfastServer holdfast) throws IOException {
        administrator = holdfast.administrator();
        administrator.call("PUT", SITE, "{\"vipRanges\":[\"10.64.0.0/16\"]}");
        List<String> changes = new ArrayList<>();
        for (int node = 0; node < NODES; node++) {
            changes.add(put("nodes/n" + node, "{\"address\":\"10.2.0." + (node + 1) + "\"}"));
        }
        for (int host = 0; host < HOSTS; host++) {
            changes.add(put("hosts/h" + host, "{\"address\":\"" + address(host) + "\"}"));
        }
        addService(changes, "wide");
        IntStream.range(0, HOSTS).forEach(host -> changes.add(backend("wide", host, WEIGHT)));
        for (int service = 0; service < SERVICES; service++) {
            addService(changes, "s" + service);
            for (int number = 0; number < BACKENDS; number++) {
                changes.add(backend("s" + service, host(service, number), WEIGHT));
            }
        }
        for (int at = 0; at < changes.size(); at += CHANGES_AT_ONCE) {
            int end = Math.min(at + CHANGES_AT_ONCE, changes.size());
            administrator.call("POST", SITE + "/apply", set(changes.subList(at, end)));
        }
    }

    private static void addService(List<String> changes, String name) {
        changes.add(put("vips/" + name, "{}"));
        changes.add(
                put(
                        "services/" + name,
                        "{\"vip\":\"%s\",\"ports\":[{\"protocol\":\"TCP\",\"port\":%d}]}"
                                .formatted(name, PORT)));
    }

    static String address(int host) {
        return "10.1.%d.%d".formatted(host / 250, host % 250 + 1);
    }

    /// The host that is the backend of this number of service `s…`.
    static int host(int service, int number) {
        return (service * BACKENDS + number) % HOSTS;
    }

    /// Asks what one backend of `wide` with another weight would do.
    Message planWide(int weight) throws IOException {
        return plan(List.of(backend("wide", 0, weight)));
    }

    /// Asks what one backend with another weight in each of the many services would do.
    Message planMany(int weight) throws IOException {
        return plan(
                IntStream.range(0, SERVICES)
                        .mapToObj(service -> backend("s" + service, host(service, 0), weight))
                        .toList());
    }

    private Message plan(List<String> changes) throws IOException {
        return administrator.call("POST", SITE + "/plan", set(changes));
    }

    Message explain(String service, int clientPort) throws IOException {
        return administrator.call(
                "GET",
                SITE + "/services/" + service + "/explain?client=192.0.2.7:" + clientPort,
                "");
    }

    private static String backend(String service, int host, int weight) {
        return put("services/" + service + "/backends/h" + host, "{\"weight\":" + weight + "}");
    }

    private static String put(String path, String body) {
        return "{\"method\":\"PUT\",\"path\":\"" + path + "\",\"body\":" + body + "}";
    }

    private static String set(List<String> changes) {
        return changes.stream().collect(Collectors.joining(",", "{\"changes\":[", "]}"));
    }

    @Override
    public void close() throws IOException {
        administrator.close();
    }
}
