package dev.holdfast.bench;

import dev.holdfast.bench.http.Caller;
import dev.holdfast.bench.http.Message;
import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// A large site: services of ten backends each, on a thousand hosts and three load balancers; and,
/// if wanted, one service, `wide`, that has every host as a backend.
public final class Landscape implements Closeable {

    public static final int SERVICES = 1_000;
    public static final int BACKENDS = 10;
    public static final int HOSTS = 1_000;
    private static final int NODES = 3;
    public static final int PORT = 443;
    public static final int WEIGHT = 100;

    private static final int CHANGES_AT_ONCE = 500;

    private final String site;
    private final int services;
    private final Caller administrator;

    /// @param name of the site, which is new
    /// @param services of ten backends
    public Landscape(HoldfastServer holdfast, String name, int services) throws IOException {
        this.site = "/api/v1/sites/" + name;
        this.services = services;
        administrator = holdfast.administrator();
        administrator.call("PUT", site, "{\"vipRanges\":[\"10.64.0.0/16\"]}");
        List<String> changes = new ArrayList<>();
        for (int node = 0; node < NODES; node++) {
            changes.add(put("nodes/n" + node, "{\"address\":\"10.2.0." + (node + 1) + "\"}"));
        }
        for (int host = 0; host < HOSTS; host++) {
            changes.add(put("hosts/h" + host, "{\"address\":\"" + address(host) + "\"}"));
        }
        for (int service = 0; service < services; service++) {
            addService(changes, "s" + service);
            for (int number = 0; number < BACKENDS; number++) {
                changes.add(backend("s" + service, host(service, number), WEIGHT));
            }
        }
        apply(changes);
    }

    /// Makes the service of all hosts.
    public Landscape withWide() throws IOException {
        List<String> changes = new ArrayList<>();
        addService(changes, "wide");
        IntStream.range(0, HOSTS).forEach(host -> changes.add(backend("wide", host, WEIGHT)));
        apply(changes);
        return this;
    }

    private void apply(List<String> changes) throws IOException {
        for (int at = 0; at < changes.size(); at += CHANGES_AT_ONCE) {
            int end = Math.min(at + CHANGES_AT_ONCE, changes.size());
            administrator.call("POST", site + "/apply", set(changes.subList(at, end)));
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

    public static String address(int host) {
        return "10.1.%d.%d".formatted(host / 250, host % 250 + 1);
    }

    /// The host that is the backend of this number of service `s…`.
    public static int host(int service, int number) {
        return (service * BACKENDS + number) % HOSTS;
    }

    /// Asks what one backend of `wide` with another weight would do.
    public Message planWide(int weight) throws IOException {
        return plan(List.of(backend("wide", 0, weight)));
    }

    /// Asks what one backend with another weight in each of the many services would do.
    public Message planMany(int weight) throws IOException {
        return plan(
                IntStream.range(0, services)
                        .mapToObj(service -> backend("s" + service, host(service, 0), weight))
                        .toList());
    }

    /// Gives the first backend of `s0` another weight.
    public void write(int weight) throws IOException {
        apply(List.of(backend("s0", host(0, 0), weight)));
    }

    /// @return a token of the first load balancer, `n0`
    public String token() throws IOException {
        String answer = administrator.call("POST", site + "/nodes/n0/token", "").text();
        return answer.replaceAll("(?s).*\"token\":\"([^\"]+)\".*", "$1");
    }

    private Message plan(List<String> changes) throws IOException {
        return administrator.call("POST", site + "/plan", set(changes));
    }

    public Message explain(String service, int clientPort) throws IOException {
        return administrator.call(
                "GET",
                site + "/services/" + service + "/explain?client=192.0.2.7:" + clientPort,
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
