package dev.holdfast.agent.probe;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.holdfast.wire.HealthCheck;
import dev.holdfast.wire.IpAddress;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// Against servers of this machine, without a mark: that needs no privilege.
class AttemptTest {

    private static final InetAddress HERE = InetAddress.getLoopbackAddress();

    private static Result attempt(HealthCheck.Kind kind, int port, @Nullable String expect) {
        return attempt(
                new HealthCheck(
                        kind, port, null, null, null, "ping", expect, 5, 2, null, null, null));
    }

    private static Result attempt(HealthCheck check) {
        return Attempt.at(
                new Target("shop", "web1", IpAddress.of(HERE), check), new Way(0, HERE, HERE, 0));
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, HERE)) {
            return socket.getLocalPort();
        }
    }

    @Test
    void aConnectionIsEnoughForTcp() throws IOException {
        try (ServerSocket server = new ServerSocket(0, 5, HERE)) {
            assertThat(attempt(HealthCheck.Kind.TCP, server.getLocalPort(), null))
                    .isEqualTo(Result.pass());
        }
    }

    @Test
    void nobodyThereIsSaid() throws IOException {
        Result result = attempt(HealthCheck.Kind.TCP, freePort(), null);

        assertThat(result.passed()).isFalse();
        assertThat(result.why()).startsWith("connection refused: nothing listens on port");
    }

    @Test
    void aPageMustHaveTheStatusExpected() throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(HERE, 0), 0);
        int[] status = {200};
        server.createContext(
                "/",
                exchange -> {
                    exchange.sendResponseHeaders(status[0], -1);
                    exchange.close();
                });
        server.start();
        try {
            int port = server.getAddress().getPort();
            assertThat(attempt(HealthCheck.Kind.HTTP, port, null)).isEqualTo(Result.pass());
            status[0] = 503;
            assertThat(attempt(HealthCheck.Kind.HTTP, port, null))
                    .isEqualTo(Result.fail("GET /: status 503 (expected: 200)"));
        } finally {
            server.stop(0);
        }
    }

    @Test
    void thePageOfTheHostIsAskedForThatTheCheckNames() throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(HERE, 0), 0);
        List<String> asked = new CopyOnWriteArrayList<>();
        int[] status = {204};
        server.createContext(
                "/",
                exchange -> {
                    asked.add(
                            "%s %s %s, Host: %s"
                                    .formatted(
                                            exchange.getRequestMethod(),
                                            exchange.getRequestURI(),
                                            exchange.getProtocol(),
                                            exchange.getRequestHeaders().get("Host")));
                    exchange.sendResponseHeaders(status[0], -1);
                    exchange.close();
                });
        server.start();
        try {
            int port = server.getAddress().getPort();
            assertThat(attempt(page(port, "/healthz?deep=1", "shop.example", 204)))
                    .isEqualTo(Result.pass());
            status[0] = 200;
            assertThat(attempt(page(port, "/healthz?deep=1", "shop.example", 204)))
                    .isEqualTo(Result.fail("GET /healthz?deep=1: status 200 (expected: 204)"));
            assertThat(attempt(page(port, null, null, null))).isEqualTo(Result.pass());
        } finally {
            server.stop(0);
        }
        assertThat(asked)
                .containsExactly(
                        "GET /healthz?deep=1 HTTP/1.1, Host: [shop.example]",
                        "GET /healthz?deep=1 HTTP/1.1, Host: [shop.example]",
                        "GET / HTTP/1.1, Host: [" + HERE.getHostAddress() + "]");
    }

    private static HealthCheck page(
            int port, @Nullable String path, @Nullable String host, @Nullable Integer status) {
        return new HealthCheck(
                HealthCheck.Kind.HTTP,
                port,
                path,
                host,
                status,
                null,
                null,
                5,
                2,
                null,
                null,
                null);
    }

    @Test
    void whoIsSilentOrSpeaksSomethingElseDoesNotPass() throws Exception {
        try (ServerSocket server = new ServerSocket(0, 5, HERE)) {
            Thread.ofVirtual()
                    .start(() -> {
                        while (!server.isClosed()) {
                            try (Socket client = server.accept()) {
                                client.getInputStream().read();
                                client.getOutputStream()
                                        .write("SSH-2.0-x\r\n".getBytes(StandardCharsets.US_ASCII));
                            } catch (IOException e) {
                                return;
                            }
                        }
                    });
            int port = server.getLocalPort();
            assertThat(attempt(HealthCheck.Kind.HTTP, port, null))
                    .isEqualTo(Result.fail("the answer to GET / is not HTTP"));
            assertThat(attempt(HealthCheck.Kind.TLS, port, null).passed()).isFalse();
            assertThat(attempt(HealthCheck.Kind.GRPC, port, null).passed()).isFalse();
        }
    }

    @Test
    void aDatagramMustBeAnsweredAsExpected() throws Exception {
        try (DatagramSocket server = new DatagramSocket(0, HERE)) {
            Thread.ofVirtual()
                    .start(() -> {
                        byte[] buffer = new byte[100];
                        DatagramPacket packet = new DatagramPacket(buffer, buffer.length);
                        while (!server.isClosed()) {
                            try {
                                server.receive(packet);
                                server.send(packet);
                            } catch (IOException e) {
                                return;
                            }
                        }
                    });
            int port = server.getLocalPort();
            assertThat(attempt(HealthCheck.Kind.UDP, port, "pi")).isEqualTo(Result.pass());
            assertThat(attempt(HealthCheck.Kind.UDP, port, "pong"))
                    .isEqualTo(Result.fail("the answer begins with \"ping\" (expected: \"pong\")"));
        }
        assertThat(attempt(HealthCheck.Kind.UDP, freePort(), null).why())
                .startsWith("connection refused");
    }
}
