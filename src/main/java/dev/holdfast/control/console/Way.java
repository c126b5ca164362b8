package dev.holdfast.control.console;

import dev.holdfast.wire.Explanation;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// The way of a client through the table, as stations to draw.
///
/// @param sentence all of it in words
/// @param nodes load balancers that run just this revision, in words
/// @param stations from the client to the one who answers
record Way(String sentence, String nodes, List<Station> stations) {

    /// One box.
    ///
    /// @param what it is, such as `slot`
    /// @param value such as `2041`
    /// @param remark more about it, or empty
    /// @param bad whether the way ends here
    record Station(String what, String value, String remark, boolean bad) {}

    static Way of(Explanation explained) {
        List<Station> stations = new ArrayList<>();
        stations.add(station("client", explained.client(), toward(explained)));
        if (!explained.allowed()) {
            stations.add(new Station("packet filter", "dropped", "in no allowed source", true));
        }
        stations.add(
                station("hash", String.format(Locale.ROOT, "0x%08x", explained.hash()), "SipHash"));
        stations.add(station("slot", Integer.toString(explained.slot()), "of the Maglev table"));
        stations.add(
                station(
                        "owner",
                        orNobody(explained.owner()),
                        explained.fallback() ? "does not serve" : "serves"));
        if (explained.fallback()) {
            int tries = explained.tries();
            stations.add(
                    station(
                            "fallback",
                            tries + (tries == 1 ? " more try" : " more tries"),
                            "other slots, chosen by the same hash"));
        }
        String backend = explained.backend();
        stations.add(
                backend == null
                        ? new Station("backend", "nobody", "nothing serves: refused", true)
                        : station("backend", backend, orNobody(explained.destination())));
        return new Way(explained.sentence(), nodes(explained), stations);
    }

    private static Station station(String what, String value, String remark) {
        return new Station(what, value, remark, false);
    }

    private static String toward(Explanation explained) {
        return "to %s, %s %d".formatted(explained.vip(), explained.protocol(), explained.port());
    }

    private static String orNobody(@Nullable String destination) {
        return destination == null ? "nobody" : destination;
    }

    private static String nodes(Explanation explained) {
        return explained.nodes().isEmpty()
                ? "No load balancer last reported just this revision."
                : "Just this revision runs on " + String.join(", ", explained.nodes()) + ".";
    }
}
