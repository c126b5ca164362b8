package dev.holdfast.agent.doctor;

import dev.holdfast.agent.tool.Tool;
import dev.holdfast.agent.tool.ToolException;
import dev.holdfast.wire.Family;
import dev.holdfast.wire.IpAddress;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Whether others are reached from here: control planes, and the far ends of tunnels.
final class PathChecks {
    private static final Duration PATIENCE = Duration.ofSeconds(3);
    private static final Duration CLOCK_TOLERANCE = Duration.ofSeconds(30);

    private PathChecks() {}

    static List<Finding> controlPlanes(List<URI> servers) {
        List<Finding> findings = new ArrayList<>();
        try (HttpClient client = HttpClient.newBuilder().connectTimeout(PATIENCE).build()) {
            for (URI server : servers) {
                findings.addAll(controlPlane(client, server));
            }
        }
        return findings;
    }

    /// Any answer will do, also one that it does not know us.
    private static List<Finding> controlPlane(HttpClient client, URI server) {
        HttpRequest request =
                HttpRequest.newBuilder(server.resolve("/actuator/health"))
                        .timeout(PATIENCE)
                        .build();
        try {
            HttpResponse<Void> answer =
                    client.send(request, HttpResponse.BodyHandlers.discarding());
            return answer.headers()
                    .firstValue("Date")
                    .flatMap(date -> clock(server, date, Instant.now()))
                    .map(List::of)
                    .orElse(List.of());
        } catch (IOException e) {
            return List.of(
                    Finding.warning(
                            "control plane %s does not answer: %s"
                                    .formatted(server, e.getClass().getSimpleName()),
                            "forwarding goes on, but changes do not arrive here",
                            "curl -v " + server + "/actuator/health"));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return List.of();
        }
    }

    static Optional<Finding> clock(URI server, String date, Instant now) {
        try {
            Instant there =
                    ZonedDateTime.parse(date, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant();
            Duration apart = Duration.between(there, now);
            return apart.abs().compareTo(CLOCK_TOLERANCE) <= 0
                    ? Optional.empty()
                    : Optional.of(
                            Finding.warning(
                                    "the clock is %d s %s that of %s"
                                            .formatted(
                                                    apart.abs().toSeconds(),
                                                    apart.isNegative() ? "behind" : "ahead of",
                                                    server),
                                    "certificates and logs are read by the clock; forwarding is"
                                            + " not",
                                    "timedatectl set-ntp true"));
        } catch (DateTimeParseException unknown) {
            return Optional.empty();
        }
    }

    /// Sends a packet of the full size that must not be fragmented, and a small one when that does
    /// not come back.
    ///
    /// @param mtu of the underlay, in bytes
    static Optional<Finding> farEnd(Tool ping, String host, IpAddress address, int mtu) {
        if (answers(ping, address, mtu - headerBytes(address.family()))) {
            return Optional.empty();
        }
        if (!answers(ping, address, 56)) {
            return Optional.of(
                    Finding.warning(
                            "host %s (%s) does not answer a ping".formatted(host, address),
                            "packets for its backends may not arrive; or pings are filtered there",
                            "ip route get %s; ping %s".formatted(address, address)));
        }
        return Optional.of(
                Finding.fault(
                        "packets of %d bytes do not get to host %s (%s), small ones do"
                                .formatted(mtu, host, address),
                        "full packets vanish in the tunnel: short answers work and uploads hang",
                        "tracepath -n %s   # then raise the MTU on the way, or put the smaller one into"
                                        .formatted(address)
                                + " the site's underlayMtu"));
    }

    /// Of IP and ICMP.
    private static int headerBytes(Family family) {
        return switch (family) {
            case IPV4 -> 20 + 8;
            case IPV6 -> 40 + 8;
        };
    }

    private static boolean answers(Tool ping, IpAddress address, int size) {
        try {
            return ping.run(
                                    "",
                                    "-n",
                                    "-q",
                                    "-c",
                                    "2",
                                    "-i",
                                    "0.2",
                                    "-W",
                                    "1",
                                    "-M",
                                    "do",
                                    "-s",
                                    String.valueOf(size),
                                    address.toString())
                            .exit()
                    == 0;
        } catch (ToolException e) {
            return false;
        }
    }
}
