package dev.holdfast.wire;

import org.jspecify.annotations.Nullable;

/// One protocol and port of a service. Backends listen on the same port: direct server return
/// cannot rewrite it.
///
/// @param protocol TCP or UDP
/// @param port 1 to 65535
public record ServicePort(@Nullable Protocol protocol, @Nullable Integer port) {}
