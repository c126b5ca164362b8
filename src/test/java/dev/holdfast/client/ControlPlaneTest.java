package dev.holdfast.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.wire.Backend;
import dev.holdfast.wire.Report;
import dev.holdfast.wire.Token;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class ControlPlaneTest {

    private static final URI NOBODY = URI.create("http://127.0.0.1:1");
    private static final Report REPORT =
            new Report(
                    "e", 1L, null, null, null, null, null, null, null, null, null, null, null,
                    null);

    private static ControlPlane at(URI... servers) {
        return new ControlPlane(List.of(servers), () -> "secret", Duration.ofSeconds(2));
    }

    @Test
    void putSendsTheTokenAndBringsTheRevision() throws Exception {
        try (BadServer server =
                new BadServer(request -> {
                    String auth = request.getRequestHeaders().getFirst("Authorization");
                    request.getResponseHeaders().set("ETag", "\"42\"");
                    int weight = "Bearer secret".equals(auth) ? 3 : 4;
                    BadServer.answer(request, 200, "{\"weight\":" + weight + "}");
                })) {
            Backend wanted = Backend.asked(3, null);
            assertThat(at(server.url()).site("a").backends("shop").put("web 1", wanted))
                    .isEqualTo(new Versioned<>(wanted, 42));
            assertThat(server.requests())
                    .containsExactly("PUT /api/v1/sites/a/services/shop/backends/web%201");
        }
    }

    @Test
    void aRefusalCarriesTheControlPlanesOwnWords() throws Exception {
        try (BadServer server =
                new BadServer(r ->
                        BadServer.answer(
                                r, 409, "{\"title\":\"Conflict\",\"detail\":\"vip in use\"}"))) {
            assertThatThrownBy(() -> at(server.url()).site("a").vips().delete("web"))
                    .isInstanceOf(RefusedException.class)
                    .hasMessage("DELETE /api/v1/sites/a/vips/web: 409 vip in use");
        }
    }

    @Test
    void whatIsNotThereIsEmptyAndNotAnError() throws Exception {
        try (BadServer server = new BadServer(r -> BadServer.answer(r, 404, "{}"))) {
            assertThat(at(server.url()).sites().get("a")).isEqualTo(Optional.empty());
            assertThat(at(server.url()).sites().delete("a")).isEqualTo(OptionalLong.empty());
        }
    }

    @Test
    void listFollowsThePages() throws Exception {
        try (BadServer server =
                new BadServer(r ->
                        BadServer.answer(
                                r,
                                200,
                                r.getRequestURI().toString().contains("after=x")
                                        ? "{\"items\":[{\"token\":\"y\"}]}"
                                        : "{\"items\":[{\"token\":\"x\"}],\"next\":\"x\"}"))) {
            Exchange exchange =
                    new Exchange(List.of(server.url()), () -> "t", Duration.ofSeconds(2));
            assertThat(new Resources<>(exchange, "/x", Token.class).list())
                    .containsExactly(new Token("x"), new Token("y"));
        }
    }

    @Test
    void theNextUrlIsAskedWhenOneIsDownOrUnready() throws Exception {
        try (BadServer unready = new BadServer(r -> BadServer.answer(r, 503, ""));
                BadServer good = new BadServer(r -> BadServer.answer(r, 304, ""))) {
            AgentLink link = at(NOBODY, unready.url(), good.url()).node("a", "lb1");
            assertThat(link.poll(7, "e", Duration.ZERO)).isEmpty();
            assertThat(link.poll(7, "e", Duration.ZERO)).isEmpty();
            assertThat(unready.requests()).hasSize(1); // the second poll began where it went well
            assertThat(good.requests())
                    .hasSize(2)
                    .contains(
                            "GET /agent/v1/sites/a/nodes/lb1/desired-state?after=7&epoch=e&wait=0");
        }
    }

    @Test
    void allUrlsThatFailedAreNamed() throws Exception {
        try (BadServer unready = new BadServer(r -> BadServer.answer(r, 503, ""))) {
            assertThatThrownBy(() -> at(NOBODY, unready.url()).host("a", "web1").report(REPORT))
                    .isInstanceOf(UnreachableException.class)
                    .hasMessageContaining(NOBODY + ": ConnectException")
                    .hasMessageContaining(unready.url() + ": 503");
        }
    }

    @Test
    void zippedBodiesAreInflated() throws Exception {
        try (BadServer server = new BadServer(r -> BadServer.answerGzip(r, "{\"a\":1}"))) {
            AgentLink link = at(server.url()).node("a", "lb1");
            assertThat(link.poll(0, null, Duration.ZERO).orElseThrow())
                    .asString()
                    .isEqualTo("{\"a\":1}");
        }
    }

    @Test
    void aDrippingServerIsGivenUpOn() throws Exception {
        try (BadServer server = new BadServer(BadServer::drip)) {
            ControlPlane impatient =
                    new ControlPlane(List.of(server.url()), () -> "t", Duration.ofMillis(200));
            assertThatThrownBy(() -> impatient.node("a", "lb1").poll(0, null, Duration.ZERO))
                    .isInstanceOf(UnreachableException.class)
                    .hasMessageContaining("no whole answer within 200 ms");
        }
    }

    @Test
    void aBodyThatIsCutOffIsNoAnswer() throws Exception {
        try (BadServer server = new BadServer(r -> BadServer.cutOff(r, "x".repeat(100)))) {
            assertThatThrownBy(() -> at(server.url()).node("a", "lb1").poll(0, null, Duration.ZERO))
                    .isInstanceOf(UnreachableException.class);
        }
    }
}
