package dev.holdfast.control.driver;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.SocketException;
import java.net.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Requests that no decent client would send.
public final class RawHttp {

    private RawHttp() {}

    /// A GET whose target and headers go out as they stand.
    ///
    /// @param headers whole lines
    public static Answer get(Api api, String target, String... headers) {
        String request =
                "GET %s HTTP/1.1\r\nHost: test\r\nConnection: close\r\nAuthorization: Bearer %s\r\n%s\r\n"
                        .formatted(
                                target,
                                api.token(),
                                String.join(
                                        "",
                                        Arrays.stream(headers)
                                                .map(line -> line + "\r\n")
                                                .toList()));
        return send(api, request);
    }

    /// A PUT without a token, which says how long its body is and does not send it.
    public static Answer strangersPut(Api api, String target, int bodyBytes) {
        return send(
                api,
                "PUT %s HTTP/1.1\r\nHost: test\r\nContent-Length: %d\r\n\r\n{"
                        .formatted(target, bodyBytes));
    }

    private static Answer send(Api api, String request) {
        try (Socket socket = new Socket(api.server().getHost(), api.server().getPort())) {
            socket.setSoTimeout(30_000);
            OutputStream out = socket.getOutputStream();
            try {
                out.write(request.getBytes(StandardCharsets.UTF_8));
                out.flush();
            } catch (SocketException alreadyRefused) {
                // What it answered may still be read.
            }
            return parse(request.lines().findFirst().orElse(""), everything(socket));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String everything(Socket socket) throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        byte[] part = new byte[8192];
        InputStream in = socket.getInputStream();
        try {
            for (int n = in.read(part); n >= 0; n = in.read(part)) {
                all.write(part, 0, n);
            }
        } catch (SocketException reset) {
            // A server may reset a connection whose request it did not read to the end.
        }
        return all.toString(StandardCharsets.UTF_8);
    }

    private static Answer parse(String what, String answer) {
        int end = answer.indexOf("\r\n\r\n");
        List<String> head = answer.substring(0, Math.max(end, 0)).lines().toList();
        if (head.isEmpty()) {
            throw new IllegalStateException(what + ": no answer but '" + answer + "'");
        }
        Map<String, List<String>> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        for (String line : head.subList(1, head.size())) {
            int colon = line.indexOf(':');
            headers.computeIfAbsent(line.substring(0, colon), _ -> new ArrayList<>())
                    .add(line.substring(colon + 1).trim());
        }
        String body = answer.substring(end + 4);
        boolean chunked = headers.getOrDefault("Transfer-Encoding", List.of()).contains("chunked");
        return new Answer(
                what.substring(0, Math.min(what.length(), 200)),
                Integer.parseInt(head.getFirst().split(" ", -1)[1]),
                HttpHeaders.of(headers, (_, _) -> true),
                chunked ? unchunked(body) : body);
    }

    private static String unchunked(String body) {
        StringBuilder whole = new StringBuilder();
        int at = 0;
        while (true) {
            int line = body.indexOf("\r\n", at);
            int length = Integer.parseInt(body.substring(at, line), 16);
            if (length == 0) {
                return whole.toString();
            }
            whole.append(body, line + 2, line + 2 + length);
            at = line + 2 + length + 2;
        }
    }
}
