package dev.holdfast.wire;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Where a client's packets go, and why.
///
/// @param service its name
/// @param revision what the answer holds for
/// @param vip address that the client sends to
/// @param protocol of the service port
/// @param port of the service
/// @param client as it was asked for
/// @param allowed whether the service's allowed sources let the client in
/// @param hash of what the table hashes of the client, 32 bits
/// @param slot of the Maglev table
/// @param owner destination that owns the slot, `address:port`; null in an empty table
/// @param fallback whether the owner does not serve, so that another one was looked for
/// @param tries how many further slots were tried
/// @param destination what IPVS sends to, `address:port`; null when nothing serves
/// @param backend name of its host; null when nothing serves, or when it goes to an old load
///   balancer
/// @param side of a migration that it is on; null when nothing serves
/// @param nodes load balancers that last reported just this revision
/// @param sentence all of it, for people
public record Explanation(
        String service,
        long revision,
        IpAddress vip,
        Protocol protocol,
        int port,
        String client,
        boolean allowed,
        long hash,
        int slot,
        @JsonInclude(JsonInclude.Include.ALWAYS) @Nullable String owner,
        boolean fallback,
        int tries,
        @JsonInclude(JsonInclude.Include.ALWAYS) @Nullable String destination,
        @JsonInclude(JsonInclude.Include.ALWAYS) @Nullable String backend,
        @JsonInclude(JsonInclude.Include.ALWAYS) @Nullable Side side,
        List<String> nodes,
        String sentence) {

    /// Who gets a flow while a service is being moved.
    public enum Side {
        BACKENDS,
        /// The old load balancers.
        LEGACY
    }
}
