package dev.holdfast.agent.chance;

import dev.holdfast.agent.watch.HostDesired;
import dev.holdfast.wire.Family;
import dev.holdfast.wire.HostService;
import dev.holdfast.wire.IpAddress;
import dev.holdfast.wire.VipAddress;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
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
    private final Uptime uptime;
    private final Predicate<IpAddress> isHere;
    private @Nullable Map<String, Duration> until;

    Learning(Path file) {
        this(file, Uptime::ofTheMachine, Learning::isLocal);
    }

    /// @param file need not exist
    /// @param isHere whether this machine takes packets to an address for its own
    Learning(Path file, Uptime uptime, Predicate<IpAddress> isHere) {
        this.file = file;
        this.uptime = uptime;
        this.isHere = isHere;
    }

    /// A clock that nobody sets.
    @FunctionalInterface
    interface Uptime {
        /// @return how long the machine has run
        Duration now() throws IOException;

        /// As the kernel tells it, proc_uptime(5).
        private static Duration ofTheMachine() throws IOException {
            String seconds = Files.readString(Path.of("/proc/uptime")).split("\\.", 2)[0];
            return Duration.ofSeconds(Long.parseLong(seconds));
        }
    }

    /// Before this host begins to track connections to VIPs of a family, and gets new VIPs.
    ///
    /// @throws IOException when it is noted for this run, and not in the file
    void begin(Family family, HostDesired host) throws IOException {
        Map<String, VipAddress> vips =
                host.vips().sorted().values().stream()
                        .collect(Collectors.toMap(VipAddress::name, vip -> vip));
        Map<String, Duration> next = new TreeMap<>(known());
        for (HostService service : host.services().sorted().values()) {
            VipAddress vip = vips.get(service.vip());
            if (vip == null || vip.address().family() != family) {
                continue;
            }
            if (hasEarlierTables(service) && isHere.test(vip.address())) {
                next.put(service.name(), uptime.now().plus(LONG_ENOUGH));
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
        Map<String, Duration> learned = known();
        if (!learned.isEmpty()) {
            Duration now = uptime.now();
            if (learned.values().removeIf(end -> isOver(end, now))) {
                save(learned);
            }
        }
        return Set.copyOf(learned.keySet());
    }

    /// What is longer than anything is learned was written before the machine started anew.
    private static boolean isOver(Duration end, Duration now) {
        return end.compareTo(now) <= 0 || end.compareTo(now.plus(LONG_ENOUGH)) > 0;
    }

    void forget() throws IOException {
        save(new TreeMap<>());
    }

    private static boolean hasEarlierTables(HostService service) {
        return !service.chances().isEmpty()
                || (service.udpChances() != null && !service.udpChances().isEmpty());
    }

    /// Each line is a service and when that ends, in seconds after the machine's start. A line that
    /// somebody spoilt is as good as none.
    private Map<String, Duration> known() throws IOException {
        Map<String, Duration> known = until;
        if (known == null) {
            known = new TreeMap<>();
            try {
                String text = new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
                for (String line : text.lines().toList()) {
                    String[] words = line.split(" ", -1);
                    if (words.length == 2 && words[1].matches("\\d{1,12}")) {
                        known.put(words[0], Duration.ofSeconds(Long.parseLong(words[1])));
                    }
                }
            } catch (NoSuchFileException nothingToLearn) {
                // as on most machines
            }
            until = known;
        }
        return known;
    }

    private void save(Map<String, Duration> next) throws IOException {
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
                        .map(one -> one.getKey() + " " + one.getValue().toSeconds())
                        .toList());
        Files.move(written, file, StandardCopyOption.ATOMIC_MOVE);
    }

    /// Nothing can be bound to an address of another machine, ip(7); one that has a local route is
    /// as good as one of an interface.
    private static boolean isLocal(IpAddress address) {
        try (var bound = new DatagramSocket(new InetSocketAddress(address.toInetAddress(), 0))) {
            return bound.isBound();
        } catch (SocketException notHere) {
            return false;
        }
    }
}
