package dev.holdfast.agent.announce;

import dev.holdfast.wire.IpAddress;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// A BGP session with what stands behind it.
///
/// @param session as BIRD lists it
/// @param bfd state of the BFD session with the same neighbour, such as `Up`; null: there is none
/// @param carried addresses that its router is told; none while it is not established
public record Uplink(Session session, @Nullable String bfd, SortedSet<IpAddress> carried) {

    /// Of a link-local neighbour, `show bfd sessions` leaves out the interface.
    private static final Pattern NEIGHBOUR =
            Pattern.compile("\\s+Neighbor address:\\s+([^%\\s]+).*");

    /// Address, interface, state, and more.
    private static final Pattern BFD =
            Pattern.compile("\\s*(\\S+)\\s+\\S+\\s+(AdminDown|Down|Init|Up)\\s.*");

    /// @param protocols what `show protocols all` says
    /// @return the address of each BGP session's neighbour, by the session's name
    static Map<String, String> neighbours(List<String> protocols) {
        Map<String, String> found = new HashMap<>();
        Optional<Session> session = Optional.empty();
        for (String line : protocols) {
            if (!line.isBlank() && !line.startsWith(" ")) {
                session = Session.parse(line);
            }
            Matcher neighbour = NEIGHBOUR.matcher(line);
            if (neighbour.matches() && session.isPresent()) {
                found.put(session.get().name(), String.valueOf(neighbour.group(1)));
            }
        }
        return found;
    }

    /// @param sessions what `show bfd sessions` says
    /// @return the state of each, by its neighbour's address
    static Map<String, String> bfd(List<String> sessions) {
        Map<String, String> found = new HashMap<>();
        for (String line : sessions) {
            Matcher session = BFD.matcher(line);
            if (session.matches()) {
                found.put(String.valueOf(session.group(1)), String.valueOf(session.group(2)));
            }
        }
        return found;
    }
}
