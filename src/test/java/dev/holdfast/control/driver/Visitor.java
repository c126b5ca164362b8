package dev.holdfast.control.driver;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.CookieManager;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A browser as far as the server can tell: it keeps cookies, sends forms and follows no redirect.
public final class Visitor {

    private static final Pattern CSRF =
            Pattern.compile("name=\"_csrf\"[^>]* value=\"(?<token>[^\"]+)\"");

    private final URI server;
    private final String adminToken;
    private final HttpClient client =
            HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_1_1)
                    .cookieHandler(new CookieManager())
                    .build();

    private String csrf = "";

    public Visitor(Api api) {
        this.server = api.server();
        this.adminToken = api.token();
    }

    /// What an admin types.
    public String adminToken() {
        return adminToken;
    }

    /// Opens the login, types the admin's token and is let in.
    public Visitor login() {
        get("/console/login").is(200);
        post("/console/login", "token", adminToken).leadsTo("/console");
        get("/console").is(200);
        return this;
    }

    /// @param headers in pairs of name and value
    public Answer get(String path, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(server + path));
        for (int i = 0; i < headers.length; i += 2) {
            request.setHeader(headers[i], headers[i + 1]);
        }
        Answer answer = send("GET " + path, request.GET());
        Matcher token = CSRF.matcher(answer.body());
        if (token.find()) {
            csrf = Objects.requireNonNull(token.group("token"));
        }
        return answer;
    }

    /// Sends a form as the page that was last looked at would.
    ///
    /// @param fields in pairs of name and value
    public Answer post(String path, String... fields) {
        List<String> all = new ArrayList<>(List.of(fields));
        all.add("_csrf");
        all.add(csrf);
        return postBare(path, all.toArray(String[]::new));
    }

    /// Sends a form as another server's page would: with the cookie alone.
    public Answer postBare(String path, String... fields) {
        List<String> parts = new ArrayList<>();
        for (int i = 0; i < fields.length; i += 2) {
            parts.add(encoded(fields[i]) + "=" + encoded(fields[i + 1]));
        }
        return send(
                "POST " + path,
                HttpRequest.newBuilder(URI.create(server + path))
                        .setHeader("Content-Type", "application/x-www-form-urlencoded")
                        .POST(BodyPublishers.ofString(String.join("&", parts))));
    }

    private Answer send(String what, HttpRequest.Builder request) {
        try {
            HttpResponse<String> response =
                    client.send(
                            request.timeout(Duration.ofSeconds(90)).build(),
                            BodyHandlers.ofString());
            return new Answer(what, response.statusCode(), response.headers(), response.body());
        } catch (IOException e) {
            throw new UncheckedIOException(what, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
