package dev.holdfast.agent.doctor;

import dev.holdfast.agent.announce.BirdFiles;
import dev.holdfast.agent.announce.BirdReading;
import dev.holdfast.agent.announce.Session;
import dev.holdfast.agent.announce.Uplink;
import dev.holdfast.wire.IpAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// Whether BIRD has all that announcing VIPs needs: the agent's file, a session to a router, BFD.
///
/// @param files of the BIRD that is looked at
record BirdChecks(BirdFiles files) {

    private static final int SHOWN = 3;

    static List<Finding> all(BirdFiles files) {
        return new BirdChecks(files).of(BirdReading.of(files));
    }

    List<Finding> of(BirdReading bird) {
        List<Finding> findings = new ArrayList<>();
        if (bird.complaint() != null) {
            findings.add(
                    Finding.fault(
                            bird.complaint(),
                            "BIRD would not take this configuration: until it is mended, no VIP is"
                                    + " announced or withdrawn here, and BIRD does not start again",
                            "bird -p -c %s   # mend what it names".formatted(files.config())));
        }
        if (bird.silence() != null) {
            findings.add(
                    Finding.fault(
                            "BIRD does not answer: " + bird.silence(),
                            "what routers are told cannot be changed: no VIP is announced or"
                                    + " withdrawn here",
                            "systemctl restart bird   # or set bird-socket to the socket it has"));
            return findings;
        }
        findings.addAll(file(bird));
        findings.addAll(sessions(bird.uplinks()));
        findings.addAll(exports(bird));
        return findings;
    }

    /// Whether what the agent writes gets into BIRD.
    private List<Finding> file(BirdReading bird) {
        SortedSet<IpAddress> written = bird.written();
        SortedSet<IpAddress> loaded = bird.loaded();
        if (written == null) {
            return List.of(
                    Finding.warning(
                            "%s is not there".formatted(files.routes()),
                            "the agent writes it in its first round; until then BIRD has no VIP to"
                                    + " announce",
                            "systemctl start holdfast-agent"));
        }
        if (loaded == null) {
            Path directory = Objects.requireNonNull(files.routes().toAbsolutePath().getParent());
            return List.of(
                    Finding.fault(
                            "the BIRD that runs does not have the two protocols of %s"
                                    .formatted(files.routes()),
                            "no VIP is announced here: its configuration does not include the"
                                    + " agent's file",
                            "grep -q '^ *include \"%1$s/' %2$s || echo 'include \"%1$s/*.conf\";' >> %2$s; %3$s"
                                    .formatted(directory, files.config(), birdc("configure"))));
        }
        return written.equals(loaded)
                ? List.of()
                : List.of(
                        Finding.warning(
                                "BIRD has VIPs %s (expected: %s, as in %s)"
                                        .formatted(few(loaded), few(written), files.routes()),
                                "routers are told of other VIPs than the agent wants; it mends that"
                                        + " in its next round, when it runs",
                                birdc("configure")));
    }

    private List<Finding> sessions(List<Uplink> uplinks) {
        if (uplinks.isEmpty()) {
            return List.of(
                    Finding.fault(
                            "BIRD has no BGP session",
                            "no router is told of any VIP",
                            "%s   # once %s has a protocol bgp for each router"
                                    .formatted(birdc("configure"), files.config())));
        }
        boolean anyUp = uplinks.stream().anyMatch(uplink -> uplink.session().isEstablished());
        return uplinks.stream()
                .flatMap(uplink ->
                        uplink.session().isEstablished()
                                ? bfd(uplink).stream()
                                : List.of(down(uplink.session(), anyUp)).stream())
                .toList();
    }

    private Finding down(Session session, boolean anyUp) {
        String what = "BGP session %s (expected: Established)".formatted(session);
        String cure =
                "%s   # then the same on its router: addresses, AS numbers, TCP port 179"
                        .formatted(birdc("show protocols all " + session.name()));
        return anyUp
                ? Finding.warning(
                        what, "its router sends nothing here; others that are told do", cure)
                : Finding.fault(what, "no router sends clients here: no session is up", cure);
    }

    private List<Finding> bfd(Uplink uplink) {
        if ("Up".equals(uplink.bfd())) {
            return List.of();
        }
        String name = uplink.session().name();
        String why =
                "when this machine dies, its router goes on sending clients here until BGP's hold"
                        + " time is over (BIRD's default: 240 s); with BFD it is less than a second";
        return List.of(
                uplink.bfd() == null
                        ? Finding.warning(
                                "BGP session %s has no BFD".formatted(name),
                                why,
                                "%s   # once %s has a protocol bfd, and protocol bgp %s has bfd on"
                                        .formatted(birdc("configure"), files.config(), name))
                        : Finding.warning(
                                "BFD of BGP session %s is %s (expected: Up)"
                                        .formatted(name, uplink.bfd()),
                                why,
                                "%s   # then the same on its router: bfd on, UDP port 3784"
                                        .formatted(birdc("show bfd sessions"))));
    }

    /// VIPs that BIRD has and no router is told of. While no session is up that goes without
    /// saying.
    private List<Finding> exports(BirdReading bird) {
        List<Uplink> up =
                bird.uplinks().stream().filter(one -> one.session().isEstablished()).toList();
        SortedSet<IpAddress> untold = new TreeSet<>();
        if (bird.loaded() != null && !up.isEmpty()) {
            untold.addAll(bird.loaded());
            up.forEach(uplink -> untold.removeAll(uplink.carried()));
        }
        return untold.isEmpty()
                ? List.of()
                : List.of(
                        Finding.fault(
                                "no BGP session carries VIP " + few(untold),
                                "no router knows that it may send clients of it here",
                                "%s   # once the export filter in %s lets them through: export where proto ~ \"holdfast_vips*\";"
                                        .formatted(birdc("configure"), files.config())));
    }

    private String birdc(String command) {
        return "birdc -s %s %s".formatted(files.socket(), command);
    }

    private static String few(SortedSet<IpAddress> addresses) {
        if (addresses.isEmpty()) {
            return "none";
        }
        String shown =
                addresses.stream()
                        .limit(SHOWN)
                        .map(IpAddress::toString)
                        .collect(Collectors.joining(", "));
        int more = addresses.size() - SHOWN;
        return more > 0 ? shown + " and " + more + " more" : shown;
    }
}
