package dev.holdfast.agent.filter;

import dev.holdfast.agent.tool.Tool;
import dev.holdfast.agent.tool.ToolException;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// A machine that is its own clients: every address is one of `lo`, so that a packet from any
/// source to a VIP passes the filter of this namespace, and plain sockets see whether it came in.
final class Bench implements AutoCloseable {
    static final String VIP4 = "198.51.100.1";
    static final String VIP6 = "2001:db8:1::1";
    static final String OWN4 = "10.9.0.1";
    static final String FRIEND4 = "10.1.0.1";
    static final String STRANGER4 = "10.2.0.1";
    static final String FRIEND6 = "fd00:1::1";
    static final String STRANGER6 = "fd00:2::1";
    static final int PORT = 8080;
    static final int OTHER_PORT = 8022;

    /// Long enough for an emulated machine to let in what it lets in.
    private static final int PATIENCE_MILLIS = 700;

    private static final Tool SHELL = new Tool("sh", "dash");

    private final ServerSocket listener = new ServerSocket(PORT, 200);
    private final ServerSocket daemon = new ServerSocket(OTHER_PORT, 200);
    private final DatagramSocket receiver = new DatagramSocket(PORT);

    Bench() throws IOException {
        receiver.setSoTimeout(PATIENCE_MILLIS);
        receiver.setReceiveBufferSize(4 << 20); // what is lost must be lost in the filter
    }

    static void prepare() {
        sh(
                """
                ip link set lo up
                for a in %s %s %s; do ip address replace $a/32 dev lo; done
                for a in %s %s; do ip address replace $a/128 dev lo; done
                ip route replace local 198.51.100.0/24 dev lo
                ip -6 route replace local 2001:db8:1::/64 dev lo
                ip route replace local 10.128.0.0/16 dev lo
                ip -6 route replace local fd00:128::/112 dev lo
                echo 1 >/proc/sys/net/ipv4/ip_nonlocal_bind
                echo 1 >/proc/sys/net/ipv6/ip_nonlocal_bind
                """
                        .formatted(FRIEND4, STRANGER4, OWN4, FRIEND6, STRANGER6));
    }

    /// Whether a TCP connection comes to be.
    boolean connects(String source, String destination, int port) {
        try (Socket socket = new Socket()) {
            socket.bind(new InetSocketAddress(InetAddress.ofLiteral(source), 0));
            socket.connect(
                    new InetSocketAddress(InetAddress.ofLiteral(destination), port),
                    PATIENCE_MILLIS);
            return true;
        } catch (SocketTimeoutException e) {
            return false;
        } catch (IOException e) {
            throw new AssertionError(source + " to " + destination + " port " + port, e);
        }
    }

    /// Sends one datagram.
    static void send(String source, String destination, String text) {
        try (Sender sender = new Sender(source, destination)) {
            sender.send(text);
        }
    }

    /// The next datagram that came in, or nothing for a while.
    String receive() {
        DatagramPacket packet = new DatagramPacket(new byte[64], 64);
        try {
            receiver.receive(packet);
            return new String(packet.getData(), 0, packet.getLength(), StandardCharsets.US_ASCII);
        } catch (SocketTimeoutException e) {
            return "";
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /// Which ICMP messages come in.
    ///
    /// @param types such as `3/4`, type and code
    static List<String> icmpThatComesIn(String source, String destination, List<String> types) {
        String answer =
                sh(
                        "perl -e '%s' %s %s %s"
                                .formatted(ICMP, source, destination, String.join(" ", types)));
        return answer.isEmpty() ? List.of() : List.of(answer.split(" ", -1));
    }

    static String sh(String script) {
        try {
            return SHELL.run("", "-ec", script).orThrow();
        } catch (ToolException e) {
            throw new AssertionError(e.command() + ": " + e.why(), e);
        }
    }

    @Override
    public void close() throws IOException {
        listener.close();
        daemon.close();
        receiver.close();
    }

    /// A raw socket of ICMP is given what the filter has let in, and nothing else.
    private static final String ICMP =
            """
            use Socket qw(:all);
            my ($source, $destination, @types) = @ARGV;
            my $six = $source =~ /:/;
            my ($family, $protocol) = $six ? (AF_INET6, 58) : (AF_INET, 1);
            my $at = sub { my $packed = inet_pton($family, $_[0]);
                $six ? pack_sockaddr_in6(0, $packed) : pack_sockaddr_in(0, $packed) };
            socket(my $in, $family, SOCK_RAW, $protocol) or die "in: $!";
            socket(my $out, $family, SOCK_RAW, $protocol) or die "out: $!";
            bind($out, $at->($source)) or die "bind: $!";
            for (@types) {
                my $message = pack("CCnNa*", split("/", $_), 0, $$, "holdfast-probe-$$" . "." x 60);
                unless ($six) {
                    my $sum = 0;
                    $sum += $_ for unpack("n*", $message);
                    $sum = ($sum & 65535) + ($sum >> 16) for 1 .. 2;
                    substr($message, 2, 2) = pack("n", ~$sum & 65535);
                }
                send($out, $message, 0, $at->($destination)) or die "send: $!";
            }
            my %seen;
            while (1) {
                my $ready = "";
                vec($ready, fileno($in), 1) = 1;
                last unless select($ready, undef, undef, 0.7);
                recv($in, my $got, 2000, 0);
                $got = substr($got, 20) unless $six;
                my $type = join("/", unpack("CC", $got));
                $seen{$type} = 1 if index($got, "holdfast-probe-$$") >= 0;
            }
            print join(" ", grep { $seen{$_} } @types);
            """;
}
