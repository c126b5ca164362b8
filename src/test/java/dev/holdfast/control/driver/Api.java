package dev.holdfast.control.driver;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// The REST API as one caller sees it.
///
/// JSON in tests is written with single quotes, which are turned into double ones: `{'port': 80}`.
/// Headers come in pairs of name and value.
public final class Api {

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final URI server;
    private final @Nullable String token;

    public Api(URI server, @Nullable String token) {
        this.server = server;
        this.token = token;
    }

    /// The same server, asked with another token.
    public Api as(String otherToken) {
        return new Api(server, otherToken);
    }

    /// The same server, asked without a token.
    public Api asNobody() {
        return new Api(server, null);
    }

    String token() {
        return Objects.requireNonNull(token);
    }

    public URI server() {
        return server;
    }

    /// A name no other test has, such as `site-1f3a…`.
    public static String freshName(String kind) {
        return kind + "-" + UUID.randomUUID().toString().substring(0, 13);
    }

    /// A site of the caller's own: VIPs from 198.51.100.0/24 and 2001:db8:100::/64, tunnels from
    /// 203.0.113.0/24 and 2001:db8:200::/64, and GUE.
    public SiteOfATest newSite() {
        return newSite(
                """
                {'vipRanges': ['198.51.100.0/24', '2001:db8:100::/64'],
                 'tunnelRanges': ['203.0.113.0/24', '2001:db8:200::/64']}\
                """);
    }

    public SiteOfATest newSite(String json) {
        String name = freshName("site");
        put("/api/v1/sites/" + name, json).is(201);
        return new SiteOfATest(this, name);
    }

    public Answer get(String path, String... headers) {
        return send("GET", path, BodyPublishers.noBody(), headers);
    }

    public Answer put(String path, String json, String... headers) {
        return send("PUT", path, BodyPublishers.ofString(quoted(json)), headers);
    }

    public Answer post(String path, String json, String... headers) {
        return send("POST", path, BodyPublishers.ofString(quoted(json)), headers);
    }

    public Answer delete(String path, String... headers) {
        return send("DELETE", path, BodyPublishers.noBody(), headers);
    }

    /// Sends anything at all. A body is called JSON unless a header says otherwise.
    public Answer send(String method, String path, BodyPublisher body, String... headers) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(server + path))
                        .timeout(Duration.ofSeconds(90))
                        .method(method, body);
        if (token != null) {
            request.setHeader("Authorization", "Bearer " + token);
        }
        if (body.contentLength() != 0) {
            request.setHeader("Content-Type", "application/json");
        }
        for (int i = 0; i < headers.length; i += 2) {
            request.setHeader(headers[i], headers[i + 1]);
        }
        try {
            HttpResponse<String> response = client.send(request.build(), BodyHandlers.ofString());
            return new Answer(
                    method + " " + path,
                    response.statusCode(),
                    response.headers(),
                    response.body());
        } catch (IOException e) {
            throw new UncheckedIOException(method + " " + path, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static String quoted(String json) {
        return json.replace('\'', '"');
    }
}
