package dev.holdfast.agent.announce;

import dev.holdfast.agent.tool.Tool;
import dev.holdfast.agent.tool.ToolException;
import dev.holdfast.wire.Family;
import dev.holdfast.wire.IpAddress;
import dev.holdfast.wire.Prefix;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// This machine's BIRD, and the file of routes it includes. For one thread.
final class Bird {

    private final BirdFiles files;
    private final Tool checker;

    Bird(BirdFiles files) {
        this(files, new Tool("bird", "bird2"));
    }

    /// @param checker that is asked with `-p` whether it would take the configuration
    Bird(BirdFiles files, Tool checker) {
        this.files = files;
        this.checker = checker;
    }

    /// The routes in the file. It outlives the agent, so a new one goes on where the last stopped.
    VipRoutes routes() throws BirdException {
        return written().orElse(VipRoutes.of(List.of()));
    }

    /// The same; empty when there is no file.
    Optional<VipRoutes> written() throws BirdException {
        return Optional.ofNullable(text()).map(VipRoutes::parse);
    }

    /// The routes that BIRD has of the file; empty when it does not know our protocols.
    Optional<VipRoutes> loaded() throws BirdException {
        try (BirdSocket bird = BirdSocket.open(files.socket())) {
            return loaded(bird);
        }
    }

    /// Makes BIRD have these routes. It is reloaded only when it has others.
    void have(VipRoutes wanted) throws BirdException {
        String before = text();
        if (!wanted.text().equals(before)) {
            write(wanted.text());
            check(before);
        }
        try (BirdSocket bird = BirdSocket.open(files.socket())) {
            if (!loaded(bird).equals(Optional.of(wanted))) {
                bird.ask("configure");
                if (!loaded(bird).equals(Optional.of(wanted))) {
                    throw new BirdException(
                            "birdc configure",
                            "BIRD does not have the routes of %1$s (expected: %2$s has a line: include \"%1$s\";)"
                                    .formatted(files.routes(), files.config()));
                }
            }
        }
    }

    /// Whether a BIRD holds its end of the control socket, even one that does not answer.
    boolean isThere() {
        return BirdSocket.isHeld(files.socket());
    }

    List<Session> sessions() throws BirdException {
        try (BirdSocket bird = BirdSocket.open(files.socket())) {
            return bird.ask("show protocols").stream()
                    .map(Session::parse)
                    .flatMap(Optional::stream)
                    .toList();
        }
    }

    /// Which addresses each established session carries to its router, by the session's name.
    SortedMap<String, VipRoutes> carried(List<Session> sessions) throws BirdException {
        SortedMap<String, VipRoutes> carried = new TreeMap<>();
        try (BirdSocket bird = BirdSocket.open(files.socket())) {
            for (Session session : sessions) {
                if (session.isEstablished()) {
                    carried.put(
                            session.name(), listed(bird, "show route export " + session.name()));
                }
            }
        }
        return carried;
    }

    /// Sessions with what stands behind each.
    List<Uplink> uplinks() throws BirdException {
        List<Session> sessions = sessions();
        SortedMap<String, VipRoutes> carried = carried(sessions);
        try (BirdSocket bird = BirdSocket.open(files.socket())) {
            Map<String, String> neighbours = Uplink.neighbours(bird.ask("show protocols all"));
            Map<String, String> bfd = bfd(bird);
            return sessions.stream()
                    .map(session ->
                            new Uplink(
                                    session,
                                    bfd.get(neighbours.getOrDefault(session.name(), "")),
                                    carried.getOrDefault(session.name(), VipRoutes.of(List.of()))
                                            .addresses()))
                    .toList();
        }
    }

    private static Map<String, String> bfd(BirdSocket bird) {
        try {
            return Uplink.bfd(bird.ask("show bfd sessions"));
        } catch (BirdException noProtocolBfd) {
            return Map.of();
        }
    }

    /// @return empty when it does not know our protocols
    private static Optional<VipRoutes> loaded(BirdSocket bird) {
        List<IpAddress> all = new ArrayList<>();
        for (Family family : Family.values()) {
            String protocol = VipRoutes.protocol(family, VipRoutes.PROTOCOL);
            try {
                all.addAll(listed(bird, "show route protocol " + protocol).addresses());
            } catch (BirdException unknownProtocol) {
                return Optional.empty();
            }
        }
        return Optional.of(VipRoutes.of(all));
    }

    /// Lines such as `198.51.100.1/32 blackhole [holdfast_vips4 19:23:25.351] * (200)`.
    private static VipRoutes listed(BirdSocket bird, String command) throws BirdException {
        List<IpAddress> found = new ArrayList<>();
        for (String line : bird.ask(command)) {
            if (line.contains("[" + VipRoutes.PROTOCOL)) {
                String prefix = line.strip().split("\\s+", 2)[0];
                found.add(Prefix.parse(prefix).address());
            }
        }
        return VipRoutes.of(found);
    }

    private @Nullable String text() throws BirdException {
        try {
            return Files.readString(files.routes());
        } catch (NoSuchFileException none) {
            return null;
        } catch (IOException e) {
            throw new BirdException("read " + files.routes(), e.toString());
        }
    }

    private void write(String text) throws BirdException {
        try {
            Path parent = Objects.requireNonNull(files.routes().toAbsolutePath().getParent());
            Files.createDirectories(parent);
            Path temporary = parent.resolve(files.routes().getFileName() + ".tmp");
            Files.writeString(temporary, text);
            Files.move(temporary, files.routes(), StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new BirdException("write " + files.routes(), e.toString());
        }
    }

    /// A configuration that BIRD would not take is one that it could not start with either: then
    /// the file becomes what it was.
    private void check(@Nullable String before) throws BirdException {
        Optional<BirdException> complaint = complaint();
        if (complaint.isPresent()) {
            if (before != null) {
                write(before);
            }
            throw complaint.get();
        }
    }

    /// Why BIRD would not take its configuration as it is now; empty when it would.
    Optional<BirdException> complaint() {
        try {
            checker.run("", "-p", "-c", files.config().toString()).orThrow();
            return Optional.empty();
        } catch (ToolException e) {
            return Optional.of(new BirdException(e.command(), e.why()));
        }
    }
}
