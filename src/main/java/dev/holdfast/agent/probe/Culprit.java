package dev.holdfast.agent.probe;

import dev.holdfast.netlink.Errno;
import dev.holdfast.netlink.socket.MarkedSocket;
import dev.holdfast.netlink.socket.SocketException;
import dev.holdfast.wire.Family;
import dev.holdfast.wire.IpAddress;
import java.io.IOException;
import java.net.InetAddress;
import java.net.SocketTimeoutException;
import java.time.Duration;

/// Finds out, outside the tunnel, why nothing came back through it, or a refusal: the host is away,
/// its tunnel has no end there, the VIP is not on it, or nothing listens there.
final class Culprit {

    /// A control message of GUE, which its end drops; too short for anything else, which drops it
    /// too.
    private static final byte[] NOTHING = {0x20, 0, 0, 0};

    /// A kernel refuses only so often in a second.
    private static final int QUESTIONS = 3;

    private final Target target;
    private final Way way;
    private final Duration patience;

    Culprit(Target target, Way way, Duration patience) {
        this.target = target;
        this.way = way;
        this.patience = patience;
    }

    /// Nothing came back in time.
    String ofSilence() {
        if (!hostAnswers()) {
            return hostIsSilent();
        }
        return tunnelHasNoEnd()
                ? noEnd()
                : "no answer from VIP %s within %d s, although host %s answers at %s: is the VIP on it?"
                        .formatted(target.vip(), patience.toSeconds(), target.host(), underlay());
    }

    /// The network says that it cannot deliver.
    String ofRefusal(Errno errno) {
        if (!hostAnswers()) {
            return hostIsSilent();
        }
        return tunnelHasNoEnd()
                ? noEnd()
                : "host %s answers at %s, but takes no packets from the tunnel: %s"
                        .formatted(target.host(), underlay(), errno.text());
    }

    /// A port was refused: the VIP's, or the one where the tunnel should end. IPVS passes on what
    /// the host says of that (`ip_vs_in_icmp`), though not at once: a first packet may be lost.
    String ofRefusedConnection() {
        return tunnelHasNoEnd()
                ? noEnd()
                : "connection refused: nothing listens on port %d of VIP %s on %s"
                        .formatted(target.port(), target.vip(), target.host());
    }

    private String hostIsSilent() {
        return "host %s does not answer, at its own address %s either"
                .formatted(target.host(), underlay());
    }

    private String noEnd() {
        return "host %s answers at %s, but takes no packets from the tunnel: nothing listens on its UDP port %d"
                .formatted(target.host(), underlay(), way.listener());
    }

    /// The way's own end, where the host's address is of its family. A VIP of the other family is
    /// probed from an address of that family, which cannot ask the host itself: then the kernel
    /// chooses.
    private InetAddress from() {
        IpAddress source = IpAddress.of(way.source());
        IpAddress host = IpAddress.of(way.underlay());
        return source.family() == host.family()
                ? way.source()
                : IpAddress.parse(host.family() == Family.IPV4 ? "0.0.0.0" : "::").toInetAddress();
    }

    private String underlay() {
        return way.underlay().getHostAddress();
    }

    /// A host that is there takes a connection to its own address, or refuses it.
    private boolean hostAnswers() {
        try (MarkedSocket _ =
                MarkedSocket.connect(
                        MarkedSocket.Kind.STREAM,
                        0,
                        from(),
                        way.underlay(),
                        target.port(),
                        patience)) {
            return true;
        } catch (SocketException e) {
            return e.errno() == Errno.ECONNREFUSED;
        } catch (SocketTimeoutException e) {
            return false;
        }
    }

    /// Whether the host refuses what comes to the port where its tunnel should end. The tunnel
    /// itself does not tell: the kernel knows refused packets of its own only while it has such a
    /// port too.
    private boolean tunnelHasNoEnd() {
        if (way.listener() == 0) {
            return false;
        }
        try (MarkedSocket socket =
                MarkedSocket.connect(
                        MarkedSocket.Kind.DATAGRAM,
                        0,
                        from(),
                        way.underlay(),
                        way.listener(),
                        patience.dividedBy(QUESTIONS))) {
            for (int i = 0; i < QUESTIONS; i++) {
                socket.send(NOTHING);
                awaitRefusal(socket);
            }
            return false;
        } catch (SocketException e) {
            return e.errno() == Errno.ECONNREFUSED;
        } catch (IOException e) {
            return false;
        }
    }

    private static void awaitRefusal(MarkedSocket socket) throws SocketException {
        try {
            socket.receive(new byte[1]);
        } catch (SocketTimeoutException e) {
            // Silence: what came was taken in, or the kernel has refused too much already.
        }
    }
}
