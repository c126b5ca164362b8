package dev.holdfast.client;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.zip.GZIPOutputStream;

/// A control plane in this JVM whose every answer a test writes, well-behaved or not.
public final class BadServer implements AutoCloseable {

    /// What it does with a request.
    public interface Script {
        void answer(HttpExchange request) throws IOException, InterruptedException;
    }

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final List<String> requests = new CopyOnWriteArrayList<>();

    public BadServer(Script script) throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/", request -> run(script, request));
        server.start();
    }

    private void run(Script script, HttpExchange request) throws IOException {
        requests.add(request.getRequestMethod() + " " + request.getRequestURI());
        try (request) {
            script.answer(request);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    public URI url() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    /// Method and path of each request so far.
    public List<String> requests() {
        return requests;
    }

    public static void answer(HttpExchange request, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        request.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        request.getResponseBody().write(bytes);
    }

    public static void answerGzip(HttpExchange request, String body) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
            gzip.write(body.getBytes(StandardCharsets.UTF_8));
        }
        request.getResponseHeaders().set("Content-Encoding", "gzip");
        request.sendResponseHeaders(200, bytes.size());
        request.getResponseBody().write(bytes.toByteArray());
    }

    /// Promises the whole body and closes after half of it.
    public static void cutOff(HttpExchange request, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        request.sendResponseHeaders(200, bytes.length);
        request.getResponseBody().write(bytes, 0, bytes.length / 2);
        request.getResponseBody().flush();
    }

    /// Sends a byte now and then, for longer than anyone should wait.
    public static void drip(HttpExchange request) throws IOException, InterruptedException {
        request.sendResponseHeaders(200, 0);
        try (OutputStream out = request.getResponseBody()) {
            for (int i = 0; i < 2_000; i++) {
                out.write(' ');
                out.flush();
                Thread.sleep(20);
            }
        }
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
