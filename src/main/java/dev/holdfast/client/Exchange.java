package dev.holdfast.client;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.StringJoiner;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.GZIPInputStream;

/// Sends calls to the control plane that answered last, and to the others when it does not.
///
/// Every answer has a deadline for its last byte and a bound on its size: a server that drips or
/// floods costs one attempt.
final class Exchange {

    /// A full state of 10,000 services is about a tenth of this.
    private static final int BODY_BYTES_MAX = 64 << 20;

    private static final Duration CONNECT = Duration.ofSeconds(3);

    private final List<URI> servers;
    private final Credentials credentials;
    private final Duration patience;
    private final AtomicInteger current = new AtomicInteger();
    private final HttpClient http;

    /// Opens no connection yet.
    ///
    /// @param patience for the whole answer, its last byte included, beyond the time it is parked
    Exchange(List<URI> servers, Credentials credentials, Duration patience) {
        if (servers.isEmpty()) {
            throw new IllegalArgumentException("servers: none (expected: at least one URL)");
        }
        this.servers = List.copyOf(servers);
        this.credentials = credentials;
        this.patience = patience;
        // One thread: no call blocks it. HTTP/1.1: an Upgrade to h2c only confuses proxies.
        this.http =
                HttpClient.newBuilder()
                        .version(HttpClient.Version.HTTP_1_1)
                        .followRedirects(HttpClient.Redirect.NEVER)
                        .connectTimeout(CONNECT)
                        .executor(
                                Executors.newSingleThreadExecutor(
                                        Thread.ofPlatform().daemon().name("http").factory()))
                        .build();
    }

    /// The answer of the first control plane that gives one; 502, 503 and 504 are none.
    Answer send(Call call) throws ControlPlaneException, InterruptedException {
        StringJoiner outcomes = new StringJoiner("; ");
        int first = current.get();
        for (int i = 0; i < servers.size(); i++) {
            int index = (first + i) % servers.size();
            URI server = servers.get(index);
            try {
                Answer answer = attempt(server, call);
                if (answer.status() < 502 || answer.status() > 504) {
                    current.set(index);
                    return answer;
                }
                outcomes.add(server + ": " + answer.status());
            } catch (IOException e) {
                outcomes.add(server + ": " + describe(e));
                if (!call.idempotent() && !neverArrived(e)) {
                    break;
                }
            }
        }
        throw new UnreachableException(call + ": no answer (" + outcomes + ")");
    }

    /// Like [#send], but 4xx and 5xx are exceptions.
    Answer sendAccepted(Call call) throws ControlPlaneException, InterruptedException {
        Answer answer = send(call);
        if (answer.status() >= 300 && answer.status() != 304) {
            throw new RefusedException(call.toString(), answer);
        }
        return answer;
    }

    private Answer attempt(URI server, Call call) throws IOException, InterruptedException {
        CompletableFuture<HttpResponse<byte[]>> pending =
                http.sendAsync(
                        request(server, call),
                        BodyHandlers.limiting(BodyHandlers.ofByteArray(), BODY_BYTES_MAX));
        Duration deadline = patience.plus(call.park());
        try {
            return answer(pending.get(deadline.toMillis(), TimeUnit.MILLISECONDS));
        } catch (ExecutionException e) {
            throw e.getCause() instanceof IOException io ? io : new IOException(e.getCause());
        } catch (TimeoutException e) {
            throw new IOException("no whole answer within " + deadline.toMillis() + " ms");
        } finally {
            pending.cancel(true); // closes the connection of a call that was given up
        }
    }

    private HttpRequest request(URI server, Call call) throws IOException {
        String prefix = server.toString().replaceAll("/+$", "");
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(prefix + call.path()))
                        .header("Authorization", "Bearer " + credentials.token())
                        .header("Accept", "application/json, application/problem+json")
                        .header("Accept-Encoding", "gzip");
        call.headers().forEach(request::header);
        byte[] body = call.body();
        if (body == null) {
            return request.method(call.method(), HttpRequest.BodyPublishers.noBody()).build();
        }
        return request.header("Content-Type", "application/json")
                .method(call.method(), HttpRequest.BodyPublishers.ofByteArray(body))
                .build();
    }

    private static Answer answer(HttpResponse<byte[]> response) throws IOException {
        byte[] body = response.body();
        if (response.headers().firstValue("Content-Encoding").orElse("").equals("gzip")) {
            body = inflate(body);
        }
        return new Answer(
                response.statusCode(), response.headers().firstValue("ETag").orElse(null), body);
    }

    private static byte[] inflate(byte[] body) throws IOException {
        try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(body))) {
            byte[] plain = in.readNBytes(BODY_BYTES_MAX);
            if (in.read() >= 0) {
                throw new IOException("more than " + BODY_BYTES_MAX + " bytes when inflated");
            }
            return plain;
        }
    }

    private static boolean neverArrived(IOException e) {
        return e instanceof ConnectException || e instanceof HttpConnectTimeoutException;
    }

    private static String describe(IOException e) {
        String message = e.getMessage();
        String kind = e.getClass().getSimpleName();
        return message == null ? kind : kind + ": " + message;
    }
}
