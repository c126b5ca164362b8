package dev.holdfast.bench.propagation;

import dev.holdfast.bench.Bench;
import dev.holdfast.bench.Table;
import dev.holdfast.bench.http.Caller;
import dev.holdfast.bench.http.Conversation;
import dev.holdfast.bench.http.Message;
import java.io.IOException;

/// What one change costs in a small and in a large site.
final class SiteSizes {

    static final int AGENTS = 100;
    private static final int CHANGES_BEFORE = 50;
    private static final int CHANGES = 60;

    private final Bench bench;
    private final Table table =
            new Table(
                    "One change in a small and in a large site (%d agents)".formatted(AGENTS),
                    "services × backends",
                    "body of the delta (bytes)",
                    "with HTTP's head (bytes)",
                    "the next request (bytes)",
                    "to an agent p50 (ms)",
                    "p99 (ms)",
                    "full state, as sent (bytes)");

    SiteSizes(Bench bench) {
        this.bench = bench;
    }

    void measure(SiteUnderTest site, int services) throws IOException, InterruptedException {
        bench.say("one change in a site with " + services + " services");
        try (Rounds rounds = new Rounds(site, AGENTS)) {
            for (int change = 0; change < CHANGES_BEFORE; change++) {
                rounds.warmUp();
            }
            for (int change = 0; change < CHANGES; change++) {
                rounds.measure();
            }
            table.row(
                    services + " × " + SiteUnderTest.BACKENDS,
                    rounds.bodyBytes(),
                    rounds.wireBytes(),
                    site.agent(0).opening().length,
                    rounds.toAgent.percentileMillis(50),
                    rounds.toAgent.percentileMillis(99),
                    fullState(site).wireBytes());
        }
    }

    /// What an agent gets that has nothing yet.
    private static Message fullState(SiteUnderTest site) throws IOException {
        Conversation fresh = site.agent(0, 0);
        try (Caller caller = new Caller(site.address(), "")) {
            return caller.send(fresh.opening());
        }
    }

    Table table() {
        return table;
    }
}
