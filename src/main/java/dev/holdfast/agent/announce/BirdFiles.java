package dev.holdfast.agent.announce;

import java.nio.file.Path;

/// Where this machine's BIRD is.
///
/// @param routes the agent's own file, which the operator's configuration includes
/// @param config that configuration; only ever given to `bird -p` to check
/// @param socket BIRD's control socket
public record BirdFiles(Path routes, Path config, Path socket) {}
