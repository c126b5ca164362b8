package dev.holdfast.agent.probe;

import dev.holdfast.netlink.socket.MarkedSocket;
import dev.holdfast.netlink.socket.SocketException;
import dev.holdfast.wire.HealthCheck;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Objects;

/// One probe of one backend.
final class Attempt {

    private final Target target;
    private final Way way;
    private final Duration patience;

    private Attempt(Target target, Way way) {
        this.target = target;
        this.way = way;
        this.patience = Duration.ofSeconds(target.timeoutSeconds());
    }

    static Result at(Target target, Way way) {
        Attempt attempt = new Attempt(target, way);
        try {
            return attempt.run();
        } catch (SocketTimeoutException e) {
            return Result.fail(attempt.culprit().ofSilence());
        } catch (SocketException e) {
            return Result.fail(attempt.refusal(e));
        } catch (IOException e) {
            return Result.fail(String.valueOf(e.getMessage()));
        }
    }

    private Result run() throws IOException {
        HealthCheck.Kind kind = Objects.requireNonNull(target.check().kind());
        MarkedSocket.Kind socketKind =
                kind == HealthCheck.Kind.UDP
                        ? MarkedSocket.Kind.DATAGRAM
                        : MarkedSocket.Kind.STREAM;
        try (MarkedSocket socket =
                MarkedSocket.connect(
                        socketKind,
                        way.mark(),
                        way.source(),
                        target.vip().toInetAddress(),
                        target.port(),
                        patience)) {
            Talk talk = talk(socket);
            return switch (kind) {
                case TCP -> Result.pass();
                case UDP -> UdpTalk.ask(talk, target.check().send(), target.check().expect());
                case HTTP -> HttpTalk.ask(talk, target, "");
                case TLS -> Result.pass(TlsTalk.over(talk, target.check().host()).certificate());
                case HTTPS -> {
                    TlsTalk tls = TlsTalk.over(talk, target.check().host());
                    yield HttpTalk.ask(tls, target, tls.certificate());
                }
                case GRPC -> GrpcTalk.ask(talk, target);
            };
        }
    }

    /// All of a conversation must fit into the time, however many answers it has.
    private Talk talk(MarkedSocket socket) {
        long start = System.nanoTime();
        return new Talk() {
            @Override
            public void send(byte[] bytes) throws IOException {
                socket.send(bytes);
            }

            @Override
            public int receive(byte[] buffer) throws IOException {
                if (System.nanoTime() - start > patience.toNanos()) {
                    throw new SocketTimeoutException("no end in time");
                }
                return socket.receive(buffer);
            }
        };
    }

    private String refusal(SocketException e) {
        return switch (e.errno()) {
            case ECONNREFUSED -> culprit().ofRefusedConnection();
            case EHOSTUNREACH, ENETUNREACH -> culprit().ofRefusal(e.errno());
            case ETIMEDOUT -> culprit().ofSilence();
            default -> e.getMessage() + ": " + e.errno().text();
        };
    }

    private Culprit culprit() {
        return new Culprit(target, way, patience);
    }
}
