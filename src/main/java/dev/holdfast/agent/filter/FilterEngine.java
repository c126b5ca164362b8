package dev.holdfast.agent.filter;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/// The ways to filter that an operator can choose from.
public enum FilterEngine {
    /// nftables where `nft` is installed, else iptables where that is.
    AUTO,
    /// A table of its own with sets.
    NFTABLES,
    /// Chains among the operator's own, through whichever back end `iptables` has on this machine.
    IPTABLES,
    /// None: the machine answers on every VIP with whatever listens there.
    NONE;

    /// Reads `auto`, `nftables`, `iptables` or `none`.
    ///
    /// @throws IllegalArgumentException when the text is anything else
    public static FilterEngine parse(String text) {
        return Arrays.stream(values())
                .filter(engine -> engine.toString().equals(text))
                .findFirst()
                .orElseThrow(() ->
                        new IllegalArgumentException(
                                "filter: "
                                        + text
                                        + " (expected: "
                                        + Arrays.stream(values())
                                                .map(FilterEngine::toString)
                                                .collect(Collectors.joining(", "))
                                        + ")"));
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
