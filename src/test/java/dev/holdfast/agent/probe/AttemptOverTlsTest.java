package dev.holdfast.agent.probe;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsParameters;
import com.sun.net.httpserver.HttpsServer;
import dev.holdfast.wire.HealthCheck;
import dev.holdfast.wire.IpAddress;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SNIMatcher;
import javax.net.ssl.SNIServerName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.StandardConstants;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Against the JDK's own server, with a certificate of its own, on this machine.
class AttemptOverTlsTest {

    private static final InetAddress HERE = InetAddress.getLoopbackAddress();
    private static final String PASSWORD = "changeit";

    /// Names that clients gave in their handshakes.
    private final List<String> names = new CopyOnWriteArrayList<>();

    /// Request lines and the host that was meant.
    private final List<String> asked = new CopyOnWriteArrayList<>();

    @TempDir private Path directory = Path.of("");

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void aHandshakeIsEnoughForTlsAndTheEndOfTheCertificateIsTold(String version) throws Exception {
        HttpsServer server = server(200, "-5d", 30, version);
        try {
            LocalDate end = LocalDate.now(ZoneOffset.UTC).plusDays(25);
            assertThat(attempt(HealthCheck.Kind.TLS, server))
                    .isEqualTo(Result.pass("certificate valid until " + end));
        } finally {
            server.stop(0);
        }
    }

    @Test
    void anExpiredCertificateIsToldAndDoesNotFail() throws Exception {
        HttpsServer server = server(200, "-10d", 3, "TLSv1.3");
        try {
            LocalDate end = LocalDate.now(ZoneOffset.UTC).minusDays(7);
            assertThat(attempt(HealthCheck.Kind.TLS, server))
                    .isEqualTo(Result.pass("certificate expired on " + end));
        } finally {
            server.stop(0);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {200, 503})
    void aPageOverTlsMustHaveTheStatusExpected(int status) throws Exception {
        HttpsServer server = server(status, "-1d", 30, "TLSv1.3");
        try {
            Result result = attempt(HealthCheck.Kind.HTTPS, server);
            assertThat(result.passed()).isEqualTo(status == 200);
            assertThat(result.why())
                    .contains(
                            status == 200
                                    ? "certificate valid until"
                                    : "GET /: status 503 (expected: 200)");
        } finally {
            server.stop(0);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"TLS", "HTTPS"})
    void theServerIsToldTheNameToChooseItsCertificateBy(HealthCheck.Kind kind) throws Exception {
        HttpsServer server = server(200, "-1d", 30, "TLSv1.3");
        try {
            assertThat(attempt(kind, server).passed()).isTrue();
            assertThat(names).containsExactly("shop.example");

            names.clear();
            assertThat(attempt(kind, server, "/", null, null).passed()).isTrue();
            assertThat(attempt(kind, server, "/", "198.51.100.1", null).passed()).isTrue();
            assertThat(names).as("an address is no name").isEmpty();
        } finally {
            server.stop(0);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {204, 200})
    void thePageOfTheHostIsAskedForThatTheCheckNames(int status) throws Exception {
        HttpsServer server = server(status, "-1d", 30, "TLSv1.3");
        try {
            Result result =
                    attempt(HealthCheck.Kind.HTTPS, server, "/healthz?deep=1", "shop.example", 204);
            assertThat(result.passed()).isEqualTo(status == 204);
            assertThat(result.why())
                    .startsWith(
                            status == 204
                                    ? "certificate valid until"
                                    : "GET /healthz?deep=1: status 200 (expected: 204)");
        } finally {
            server.stop(0);
        }
        assertThat(asked).containsExactly("GET /healthz?deep=1 HTTP/1.1, Host: [shop.example]");
    }

    private static Result attempt(HealthCheck.Kind kind, HttpsServer server) {
        return attempt(kind, server, null, "shop.example", null);
    }

    private static Result attempt(
            HealthCheck.Kind kind,
            HttpsServer server,
            @Nullable String path,
            @Nullable String host,
            @Nullable Integer status) {
        int port = server.getAddress().getPort();
        HealthCheck check =
                new HealthCheck(kind, port, path, host, status, null, null, 5, 5, null, null, null);
        return Attempt.at(
                new Target("shop", "web1", IpAddress.of(HERE), check), new Way(0, HERE, HERE, 0));
    }

    private HttpsServer server(int status, String begins, int days, String version)
            throws Exception {
        SSLContext context = context(begins, days);
        HttpsServer server = HttpsServer.create(new InetSocketAddress(HERE, 0), 0);
        server.setHttpsConfigurator(
                new HttpsConfigurator(context) {
                    @Override
                    public void configure(HttpsParameters parameters) {
                        SSLParameters only = context.getDefaultSSLParameters();
                        only.setProtocols(new String[] {version});
                        only.setSNIMatchers(List.of(new Listening()));
                        parameters.setSSLParameters(only);
                    }
                });
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
                    exchange.sendResponseHeaders(status, -1);
                    exchange.close();
                });
        server.start();
        return server;
    }

    private SSLContext context(String begins, int days) throws Exception {
        Path store = directory.resolve("store.p12");
        Process keytool =
                new ProcessBuilder(
                                Path.of(
                                                Objects.requireNonNull(
                                                        System.getProperty("java.home")),
                                                "bin",
                                                "keytool")
                                        .toString(),
                                "-genkeypair",
                                "-keystore",
                                store.toString(),
                                "-storepass",
                                PASSWORD,
                                "-alias",
                                "shop",
                                "-keyalg",
                                "EC",
                                "-dname",
                                "CN=shop.example",
                                "-startdate",
                                begins,
                                "-validity",
                                Integer.toString(days))
                        .redirectErrorStream(true)
                        .start();
        String said = new String(keytool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(keytool.waitFor()).as(said).isZero();
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(store)) {
            keys.load(in, PASSWORD.toCharArray());
        }
        KeyManagerFactory managers =
                KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(keys, PASSWORD.toCharArray());
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(managers.getKeyManagers(), null, null);
        return context;
    }

    /// Takes any name, and keeps it.
    private final class Listening extends SNIMatcher {

        Listening() {
            super(StandardConstants.SNI_HOST_NAME);
        }

        @Override
        public boolean matches(SNIServerName name) {
            names.add(new String(name.getEncoded(), StandardCharsets.US_ASCII));
            return true;
        }
    }
}
