package dev.holdfast.agent.config;

import dev.holdfast.agent.announce.BirdFiles;
import dev.holdfast.agent.filter.FilterEngine;
import dev.holdfast.agent.reconcile.Role;
import dev.holdfast.client.Credentials;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The agent's configuration.
///
/// @param name of the node or host this machine is
/// @param servers control planes, in order of preference
/// @param credentials the token itself, or the file that holds it
/// @param dataDirectory where the agent keeps its last state
/// @param round how often everything is looked at and mended
/// @param filter what guards the VIPs on a load balancer
/// @param metricsPort on loopback, for Prometheus; 0: none
/// @param bird where VIPs are announced; null when they are not
/// @param report how often the control plane is told, when nothing happens
public record AgentConfig(
        Role role,
        String site,
        String name,
        List<URI> servers,
        Credentials credentials,
        Path dataDirectory,
        Duration round,
        Duration report,
        FilterEngine filter,
        int metricsPort,
        @Nullable BirdFiles bird) {}
