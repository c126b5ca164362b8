package dev.holdfast.agent.announce;

import dev.holdfast.wire.Failure;
import dev.holdfast.wire.IpAddress;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import org.jspecify.annotations.Nullable;

/// What BIRD and the agent's file say at one moment, for those who look and change nothing.
///
/// @param complaint of `bird -p` about the configuration; null: BIRD would take it
/// @param silence why BIRD could not be asked; null: it answered
/// @param written addresses in the agent's file; null while there is no such file
/// @param loaded those that BIRD has of it; null when it does not have the file's protocols
/// @param uplinks every BGP session
public record BirdReading(
        @Nullable String complaint,
        @Nullable String silence,
        @Nullable SortedSet<IpAddress> written,
        @Nullable SortedSet<IpAddress> loaded,
        List<Uplink> uplinks) {

    /// Asks this machine's BIRD. One that hangs takes some seconds.
    public static BirdReading of(BirdFiles files) {
        return of(new Bird(files));
    }

    static BirdReading of(Bird bird) {
        String complaint = bird.complaint().map(BirdReading::words).orElse(null);
        SortedSet<IpAddress> written = null;
        try {
            written = addresses(bird.written());
            return new BirdReading(
                    complaint, null, written, addresses(bird.loaded()), bird.uplinks());
        } catch (BirdException e) {
            return new BirdReading(complaint, words(e), written, null, List.of());
        }
    }

    private static @Nullable SortedSet<IpAddress> addresses(Optional<VipRoutes> routes) {
        return routes.map(VipRoutes::addresses).orElse(null);
    }

    private static String words(BirdException e) {
        Failure failure = e.failure();
        return failure.operation() + ": " + failure.error();
    }
}
