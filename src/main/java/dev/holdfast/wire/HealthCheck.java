package dev.holdfast.wire;

import org.jspecify.annotations.Nullable;

/// How the backends of a service are probed.
///
/// @param kind must be given
/// @param port left out: the service's first port
/// @param path for HTTP and HTTPS; left out: `/`
/// @param host the `Host` header and TLS server name; left out: the VIP
/// @param expectStatus for HTTP and HTTPS; left out: 200
/// @param send for UDP: the payload
/// @param expect for UDP: what the answer starts with
/// @param intervalSeconds 1 to 300; left out: 5
/// @param timeoutSeconds 1 to 60, not above the interval; left out: 2
/// @param rise passes in a row that make a backend healthy, 1 to 20; left out: 2
/// @param fall failures in a row that make it unhealthy, 1 to 20; left out: 3
/// @param panicPercent share of the service's enabled backends that must be up, 0 to 100: with
///   fewer it fails open, and all of them serve; left out: 50
public record HealthCheck(
        @Nullable Kind kind,
        @Nullable Integer port,
        @Nullable String path,
        @Nullable String host,
        @Nullable Integer expectStatus,
        @Nullable String send,
        @Nullable String expect,
        @Nullable Integer intervalSeconds,
        @Nullable Integer timeoutSeconds,
        @Nullable Integer rise,
        @Nullable Integer fall,
        @Nullable Integer panicPercent) {

    public enum Kind {
        TCP,
        TLS,
        HTTP,
        HTTPS,
        UDP,
        GRPC
    }
}
