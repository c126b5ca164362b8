package dev.holdfast.client;

import dev.holdfast.wire.Report;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// One agent's two calls: the long poll for its desired state, and its report.
public final class AgentLink {

    private final Exchange exchange;
    private final String path;

    private AgentLink(Exchange exchange, String path) {
        this.exchange = exchange;
        this.path = path;
    }

    static AgentLink of(Exchange exchange, String site, String kind, String name) {
        return new AgentLink(
                exchange,
                "/agent/v1/sites/" + Call.segment(site) + "/" + kind + "/" + Call.segment(name));
    }

    /// Asks for what came after a revision, and waits for it there.
    ///
    /// @param after 0 for a full state
    /// @param epoch of `after`
    /// @param wait how long the control plane may park the call, in whole seconds
    /// @return the document as received; empty when nothing new came in that time
    public Optional<byte[]> poll(long after, @Nullable String epoch, Duration wait)
            throws ControlPlaneException, InterruptedException {
        String query =
                "?after="
                        + after
                        + (epoch == null ? "" : "&epoch=" + Call.segment(epoch))
                        + "&wait="
                        + wait.toSeconds();
        Call call = Call.get(path + "/desired-state" + query).parkedFor(wait);
        Answer answer = exchange.sendAccepted(call);
        return answer.status() == 200 ? Optional.of(answer.body()) : Optional.empty();
    }

    public void report(Report report) throws ControlPlaneException, InterruptedException {
        exchange.sendAccepted(Call.post(path + "/report", WireJson.write(report)));
    }
}
