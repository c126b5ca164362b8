package dev.holdfast.bench.propagation;

import dev.holdfast.bench.HoldfastServer;
import dev.holdfast.bench.ServerProcess;
import dev.holdfast.bench.http.Caller;
import dev.holdfast.bench.http.Conversation;
import dev.holdfast.bench.http.Message;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;

/// A site on Holdfast: services with ten backends each, and load balancers that wait for changes.
final class SiteUnderTest implements Contender {

    static final int BACKENDS = 10;
    private static final int HOSTS = 100;

    private final HoldfastServer holdfast;
    private final Caller administrator;
    private final String site;
    private final List<String> tokens = new ArrayList<>();
    private final String epoch;
    private long revision;
    private int writes;

    SiteUnderTest(HoldfastServer holdfast, String site, int services) throws IOException {
        this.holdfast = holdfast;
        this.site = "/api/v1/sites/" + site;
        administrator = holdfast.administrator();
        Message made = administrator.call("PUT", this.site, "{\"vipRanges\":[\"10.64.0.0/16\"]}");
        epoch = made.text().replaceAll("(?s).*\"epoch\":\"([^\"]+)\".*", "$1");
        for (int host = 0; host < HOSTS; host++) {
            put("/hosts/h" + host, "{\"address\":\"10.1.0." + (host + 1) + "\"}");
        }
        for (int service = 0; service < services; service++) {
            addService(service);
        }
    }

    private void addService(int number) throws IOException {
        put("/vips/v" + number, "{}");
        put(
                "/services/s" + number,
                """
                {"vip":"v%d","ports":[{"protocol":"TCP","port":443}],"owner":"team-%d"}
                """
                        .formatted(number, number % 50));
        for (int backend = 0; backend < BACKENDS; backend++) {
            int host = (number * BACKENDS + backend) % HOSTS;
            put("/services/s%d/backends/h%d".formatted(number, host), "{\"weight\":100}");
        }
    }

    /// Makes load balancers up to this many.
    void addNodes(int nodes) throws IOException {
        for (int node = tokens.size(); node < nodes; node++) {
            String address = "10.2.%d.%d".formatted(node / 250, node % 250 + 1);
            put("/nodes/n" + node, "{\"address\":\"" + address + "\"}");
            String token =
                    administrator.call("POST", site + "/nodes/n" + node + "/token", "").text();
            tokens.add(token.replaceAll("(?s).*\"token\":\"([^\"]+)\".*", "$1"));
        }
    }

    private void put(String path, String body) throws IOException {
        Message answer = administrator.call("PUT", site + path, body);
        revision = answer.number("revision");
    }

    @Override
    public InetSocketAddress address() {
        return holdfast.address();
    }

    @Override
    public ServerProcess process() {
        return holdfast.process();
    }

    @Override
    public double besideMegabytes() throws IOException {
        return holdfast.postgresMegabytes();
    }

    /// Beyond the number of load balancers, several agents share one's name and token.
    @Override
    public Conversation agent(int number) {
        return agent(number, revision);
    }

    Conversation agent(int number, long after) {
        int node = number % tokens.size();
        String path = site.replace("/api/v1", "/agent/v1") + "/nodes/n" + node + "/desired-state";
        return new Poll(path, tokens.get(node), epoch, after);
    }

    @Override
    public long nextRevision() {
        return revision + 1;
    }

    /// Gives one backend another weight, of the same length.
    @Override
    public void write() throws IOException {
        int weight = 101 + writes++ % 2;
        put("/services/s0/backends/h0", "{\"weight\":" + weight + "}");
    }

    @Override
    public void close() throws IOException {
        administrator.close();
    }
}
