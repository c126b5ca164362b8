package dev.holdfast.agent.announce;

import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A BGP session as `show protocols` lists it.
///
/// @param name of its protocol in BIRD's configuration
/// @param info such as `Established`, or `Active Socket: Connection refused`
public record Session(String name, String info) {

    /// Name, kind, table, state, since when in the operator's format of time, and the rest.
    private static final Pattern LINE =
            Pattern.compile("(\\S+)\\s+BGP\\s+\\S+\\s+\\S+\\s+\\S+(?: \\S+)?(?:\\s{2,}(.*))?");

    static Optional<Session> parse(String line) {
        Matcher parts = LINE.matcher(line);
        if (!parts.matches()) {
            return Optional.empty();
        }
        String info = Objects.requireNonNullElse(parts.group(2), "");
        return Optional.of(
                new Session(String.valueOf(parts.group(1)), info.replaceAll("\\s+", " ").strip()));
    }

    public boolean isEstablished() {
        return info.startsWith("Established");
    }

    @Override
    public String toString() {
        return name + " is " + (info.isEmpty() ? "down" : info);
    }
}
