package dev.holdfast.agent.config;

import dev.holdfast.agent.announce.BirdFiles;
import dev.holdfast.agent.filter.FilterEngine;
import dev.holdfast.agent.reconcile.Role;
import dev.holdfast.client.Credentials;
import java.io.IOException;
import java.io.Reader;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/// Reads an [AgentConfig], or says all that is wrong with it.
public final class ConfigFile {

    private final List<String> problems = new ArrayList<>();
    private final Map<Key, String> values = new EnumMap<>(Key.class);

    private ConfigFile() {}

    /// @param file need not be there when the environment says everything
    /// @param environment what it sets wins over the file
    public static AgentConfig read(Path file, Map<String, String> environment)
            throws ConfigException {
        ConfigFile reading = new ConfigFile();
        reading.file(file);
        reading.environment(environment);
        return reading.config(file);
    }

    private void file(Path file) {
        if (!Files.exists(file)) {
            return;
        }
        Properties written = new Properties();
        try (Reader reader = Files.newBufferedReader(file)) {
            written.load(reader);
        } catch (IOException | IllegalArgumentException e) {
            problems.add(file + ": " + e.getMessage() + " (expected: lines of key = value)");
        }
        for (String name : written.stringPropertyNames()) {
            Key.of(name)
                    .ifPresentOrElse(
                            key -> values.put(key, String.valueOf(written.get(name)).trim()),
                            () ->
                                    problems.add(
                                            "%s: unknown key in %s (expected: did you mean %s?)"
                                                    .formatted(
                                                            name,
                                                            file,
                                                            Key.nearest(name).inFile())));
        }
    }

    private void environment(Map<String, String> environment) {
        for (Key key : Key.values()) {
            String value = environment.get(key.inEnvironment());
            if (value != null) {
                values.put(key, value.trim());
            }
        }
    }

    private AgentConfig config(Path file) throws ConfigException {
        for (Key key : Key.values()) {
            if (key.otherwise() == null && text(key).isEmpty()) {
                problems.add(
                        "%s: not set, neither in %s nor as %s (expected: %s)"
                                .formatted(
                                        key.inFile(), file, key.inEnvironment(), key.expected()));
            }
        }
        Role role = role();
        List<URI> servers = servers();
        Credentials credentials = credentials();
        Duration round = seconds(Key.ROUND_SECONDS, 3600);
        Duration report = seconds(Key.REPORT_SECONDS, 300);
        FilterEngine filter = filter();
        int metricsPort = metricsPort();
        if (!problems.isEmpty()) {
            throw new ConfigException(problems);
        }
        return new AgentConfig(
                role,
                text(Key.SITE),
                text(Key.NAME),
                servers,
                credentials,
                Path.of(text(Key.DATA_DIR)),
                round,
                report,
                filter,
                metricsPort,
                bird());
    }

    private Role role() {
        return switch (text(Key.ROLE)) {
            case "load-balancer", "" -> Role.LOAD_BALANCER;
            case "backend" -> Role.BACKEND;
            default -> {
                problem(Key.ROLE);
                yield Role.LOAD_BALANCER;
            }
        };
    }

    private List<URI> servers() {
        List<URI> servers = new ArrayList<>();
        for (String server : Arrays.asList(text(Key.SERVERS).split(",", -1))) {
            String url = server.trim();
            if (url.matches("https?://[^/\\s]+/?")) {
                servers.add(URI.create(url.replaceAll("/$", "")));
            } else if (!text(Key.SERVERS).isEmpty()) {
                problems.add(
                        "servers: " + url + " (expected: a URL such as https://control.example)");
            }
        }
        return servers;
    }

    private Credentials credentials() {
        String token = text(Key.TOKEN);
        String file = text(Key.TOKEN_FILE);
        if (token.isEmpty() == file.isEmpty()) {
            problems.add(
                    "token, token-file: %s (expected: one of the two)"
                            .formatted(token.isEmpty() ? "none is set" : "both are set"));
        }
        return token.isEmpty() ? () -> Files.readString(Path.of(file)).trim() : () -> token;
    }

    private int metricsPort() {
        String text = text(Key.METRICS_PORT);
        if (!text.matches("[0-9]{1,5}") || Integer.parseInt(text) > 65_535) {
            problem(Key.METRICS_PORT);
            return 0;
        }
        return Integer.parseInt(text);
    }

    private FilterEngine filter() {
        try {
            return FilterEngine.parse(text(Key.FILTER));
        } catch (IllegalArgumentException e) {
            problem(Key.FILTER);
            return FilterEngine.AUTO;
        }
    }

    private @Nullable BirdFiles bird() {
        String file = text(Key.BIRD_FILE);
        return file.isEmpty()
                ? null
                : new BirdFiles(
                        Path.of(file),
                        Path.of(text(Key.BIRD_CONFIG)),
                        Path.of(text(Key.BIRD_SOCKET)));
    }

    private Duration seconds(Key key, int highest) {
        String text = text(key);
        if (!text.matches("[1-9][0-9]{0,4}") || Integer.parseInt(text) > highest) {
            problem(key);
            return Duration.ZERO;
        }
        return Duration.ofSeconds(Integer.parseInt(text));
    }

    private void problem(Key key) {
        problems.add(key.inFile() + ": " + text(key) + " (expected: " + key.expected() + ")");
    }

    private String text(Key key) {
        return values.getOrDefault(key, Objects.requireNonNullElse(key.otherwise(), ""));
    }
}
