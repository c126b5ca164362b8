package dev.holdfast.agent.config;

import java.util.Arrays;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What can be set, in the file and in the environment.
enum Key {
    ROLE("load-balancer or backend", null),
    SITE("the site's name", null),
    NAME("this machine's name there, as a node or a host", null),
    SERVERS("URLs of control planes, separated by commas", null),
    TOKEN("the agent's token; or set token-file", ""),
    TOKEN_FILE("a file with the agent's token", ""),
    DATA_DIR("a directory", "/var/lib/holdfast-agent"),
    ROUND_SECONDS("a whole number from 1 to 3600", "30"),
    REPORT_SECONDS("a whole number from 1 to 300", "10"),
    FILTER("auto, nftables, iptables or none", "auto"),
    METRICS_PORT("a port on loopback, or 0 for none", "9219"),
    BIRD_FILE("a file of the agent's own that BIRD includes; left out: announce nothing", ""),
    BIRD_CONFIG("BIRD's configuration, which includes bird-file", "/etc/bird/bird.conf"),
    BIRD_SOCKET("BIRD's control socket", "/run/bird/bird.ctl");

    private final String expected;
    private final @Nullable String otherwise;

    Key(String expected, @Nullable String otherwise) {
        this.expected = expected;
        this.otherwise = otherwise;
    }

    /// What a value is to be.
    String expected() {
        return expected;
    }

    /// What it is when nothing is set; null when it has to be set.
    @Nullable String otherwise() {
        return otherwise;
    }

    /// In the file: `token-file`.
    String inFile() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /// In the environment: `HOLDFAST_TOKEN_FILE`.
    String inEnvironment() {
        return "HOLDFAST_" + name();
    }

    static Optional<Key> of(String inFile) {
        return Arrays.stream(values()).filter(key -> key.inFile().equals(inFile)).findFirst();
    }

    /// The key that somebody who wrote this meant, most likely.
    static Key nearest(String written) {
        return Arrays.stream(values())
                .min(Comparator.comparingInt(key -> distance(key.inFile(), written)))
                .orElseThrow();
    }

    /// Levenshtein's: how many letters to add, drop or change.
    private static int distance(String a, String b) {
        int[] above = new int[b.length() + 1];
        Arrays.setAll(above, i -> i);
        for (int i = 1; i <= a.length(); i++) {
            int[] row = new int[b.length() + 1];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int change = above[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                row[j] = Math.min(change, Math.min(above[j], row[j - 1]) + 1);
            }
            above = row;
        }
        return above[b.length()];
    }
}
