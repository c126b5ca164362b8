package dev.holdfast.agent.probe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.wire.HealthCheck;
import dev.holdfast.wire.IpAddress;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http2.server.HTTP2CServerConnectionFactory;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.BufferUtil;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Against a real HTTP/2 server that answers as `grpc.health.v1.Health` does.
class AttemptOverGrpcTest {

    private static final InetAddress HERE = InetAddress.getLoopbackAddress();

    private final Server server = new Server();
    private final ServerConnector connector =
            new ServerConnector(server, new HTTP2CServerConnectionFactory(new HttpConfiguration()));
    private final Health health = new Health();

    @BeforeEach
    void aServer() throws Exception {
        connector.setHost(HERE.getHostAddress());
        server.addConnector(connector);
        server.setHandler(health);
        server.start();
    }

    @AfterEach
    void end() throws Exception {
        server.stop();
    }

    @Test
    void whoServesPasses() {
        health.message = "0801";

        assertThat(attempt("shop.example")).isEqualTo(Result.pass());
        assertThat(attempt(null)).isEqualTo(Result.pass());
        String call =
                "POST http %s /grpc.health.v1.Health/Check HTTP/2.0, te: trailers,"
                        + " content-type: application/grpc, 0000000000";
        assertThat(health.asked)
                .containsExactly(
                        call.formatted("shop.example"), call.formatted(HERE.getHostAddress()));
    }

    @Test
    void whoSaysThatHeDoesNotServeFails() {
        health.message = "0802";

        assertThat(attempt("shop.example"))
                .isEqualTo(Result.fail("the gRPC health service says that it does not serve"));
    }

    @Test
    void aServerWithoutTheHealthServiceFails() {
        health.message = null;

        assertThat(attempt("shop.example"))
                .isEqualTo(Result.fail("there is no gRPC health service"));
    }

    private Result attempt(@Nullable String host) {
        HealthCheck check =
                new HealthCheck(
                        HealthCheck.Kind.GRPC,
                        connector.getLocalPort(),
                        null,
                        host,
                        null,
                        null,
                        null,
                        5,
                        5,
                        null,
                        null,
                        null);
        return Attempt.at(
                new Target("shop", "web1", IpAddress.of(HERE), check), new Way(0, HERE, HERE, 0));
    }

    /// Notes what it is asked, and answers the same to everybody.
    private static final class Health extends Handler.Abstract {

        private static final String OK = "0";
        private static final String UNIMPLEMENTED = "12";

        /// Requests, each in a line, with its body in hexadecimal.
        private final List<String> asked = new CopyOnWriteArrayList<>();

        /// In hexadecimal; null: there is no such method, which is said without a body.
        private volatile @Nullable String message;

        @Override
        public boolean handle(Request request, Response response, Callback callback)
                throws Exception {
            ByteBuffer body = Content.Source.asByteBuffer(request);
            asked.add(
                    "%s %s %s %s %s, te: %s, content-type: %s, %s"
                            .formatted(
                                    request.getMethod(),
                                    request.getHttpURI().getScheme(),
                                    request.getHttpURI().getAuthority(),
                                    request.getHttpURI().getPathQuery(),
                                    request.getConnectionMetaData().getProtocol(),
                                    request.getHeaders().get("te"),
                                    request.getHeaders().get("content-type"),
                                    HexFormat.of().formatHex(BufferUtil.toArray(body))));
            response.getHeaders().put("content-type", "application/grpc");
            String said = message;
            if (said == null) {
                response.getHeaders().put("grpc-status", UNIMPLEMENTED);
                response.write(true, BufferUtil.EMPTY_BUFFER, callback);
                return true;
            }
            response.setTrailersSupplier(() -> HttpFields.build().put("grpc-status", OK));
            byte[] bytes = HexFormat.of().parseHex(said);
            ByteBuffer framed =
                    ByteBuffer.allocate(5 + bytes.length)
                            .put((byte) 0)
                            .putInt(bytes.length)
                            .put(bytes)
                            .flip();
            response.write(true, framed, callback);
            return true;
        }
    }
}
