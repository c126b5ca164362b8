package dev.holdfast.agent.chance;

import dev.holdfast.agent.watch.HostDesired;
import dev.holdfast.wire.Family;
import dev.holdfast.wire.HostService;
import dev.holdfast.wire.IpAddress;
import dev.holdfast.wire.VipAddress;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Of which services this host may have connections that it does not know.
///
/// Connection tracking begins with the first rule that asks for it. Where a host has a service's
/// VIP by then, and the service has earlier tables, as when the agent is installed beside traffic,
/// to ask one at once would send away connections of the host's own: it tracks them for a while
/// first. A host that gets the VIP only now has none. A file keeps it over a restart.
final class Learning {

    /// A connection that is silent for longer may still be sent away.
    static final Duration LONG_ENOUGH = Duration.ofMinutes(10);

    private final Path file;
    private final InstantSource clock;
    private final Predicate<IpAddress> isHere;
    private @Nullable Map<String, Instant> until;

    Learning(Path file) {
        this(file, InstantSource.system(), Learning::isOnAnyInterface);
    }

    /// @param file need not exist
    /// @param isHere whether this machine has an address
    Learning(Path file, InstantSource clock, Predicate<IpAddress> isHere) {
        this.file = file;
        this.clock = clock;
        this.isHere = isHere;
    }

    /// Before this host begins to track connections to VIPs of a family, and gets new VIPs.
    ///
    /// @throws IOException when it is noted for this run, and not in the file
    /// @throws UncheckedIOException when the machine does not tell its addresses: nothing is noted
    void begin(Family family, HostDesired host) throws IOException {
        Map<String, VipAddress> vips =
                host.vips().sorted().values().stream()
                        .collect(Collectors.toMap(VipAddress::name, vip -> vip));
        Map<String, Instant> next = new TreeMap<>(known());
        for (HostService service : host.services().sorted().values()) {
            VipAddress vip = vips.get(service.vip());
            if (vip == null || vip.address().family() != family) {
                continue;
            }
            if (hasEarlierTables(service) && isHere.test(vip.address())) {
                next.put(service.name(), clock.instant().plus(LONG_ENOUGH));
            } else {
                next.remove(service.name());
            }
        }
        if (!next.equals(until)) {
            save(next);
        }
    }

    /// The names of services whose earlier tables are not to be asked now.
    Set<String> services() throws IOException {
        Map<String, Instant> now = known();
        if (now.values().removeIf(end -> !end.isAfter(clock.instant()))) {
            save(now);
        }
        return Set.copyOf(now.keySet());
    }

    void forget() throws IOException {
        save(new TreeMap<>());
    }

    private static boolean hasEarlierTables(HostService service) {
        return !service.chances().isEmpty()
                || (service.udpChances() != null && !service.udpChances().isEmpty());
    }

    /// Each line is a service and when that ends, in seconds since 1970. A line that somebody
    /// spoilt is as good as none.
    private Map<String, Instant> known() throws IOException {
        Map<String, Instant> known = until;
        if (known == null) {
            known = new TreeMap<>();
            try {
                String text = new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
                for (String line : text.lines().toList()) {
                    String[] words = line.split(" ", -1);
                    if (words.length == 2 && words[1].matches("\\d{1,12}")) {
                        known.put(words[0], Instant.ofEpochSecond(Long.parseLong(words[1])));
                    }
                }
            } catch (NoSuchFileException nothingToLearn) {
                // as on most machines
            }
            until = known;
        }
        return known;
    }

    private void save(Map<String, Instant> next) throws IOException {
        until = next;
        if (next.isEmpty()) {
            Files.deleteIfExists(file);
            return;
        }
        Files.createDirectories(file.toAbsolutePath().resolveSibling("."));
        Path written = file.resolveSibling(file.getFileName() + ".next");
        Files.write(
                written,
                next.entrySet().stream()
                        .map(one -> one.getKey() + " " + one.getValue().getEpochSecond())
                        .toList());
        Files.move(written, file, StandardCopyOption.ATOMIC_MOVE);
    }

    private static boolean isOnAnyInterface(IpAddress address) {
        try {
            return NetworkInterface.getByInetAddress(address.toInetAddress()) != null;
        } catch (SocketException e) {
            throw new UncheckedIOException(e);
        }
    }
}
