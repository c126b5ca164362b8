package dev.holdfast.client;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// One request, whichever control plane will take it.
///
/// @param path from the root, escaped, with its query
/// @param park how long the control plane may take before it begins to answer
@SuppressWarnings("ArrayRecordComponent") // never compared, only sent
record Call(
        String method,
        String path,
        Map<String, String> headers,
        byte @Nullable [] body,
        Duration park) {

    static Call get(String path) {
        return new Call("GET", path, Map.of(), null, Duration.ZERO);
    }

    static Call delete(String path) {
        return new Call("DELETE", path, Map.of(), null, Duration.ZERO);
    }

    static Call put(String path, Map<String, String> headers, byte[] body) {
        return new Call("PUT", path, headers, body, Duration.ZERO);
    }

    static Call post(String path, byte @Nullable [] body) {
        return new Call("POST", path, Map.of(), body, Duration.ZERO);
    }

    Call parkedFor(Duration longer) {
        return new Call(method, path, headers, body, longer);
    }

    /// Whether sending it twice is the same as sending it once.
    boolean idempotent() {
        return !method.equals("POST");
    }

    /// Escapes one segment of a path.
    static String segment(String name) {
        return URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20");
    }

    @Override
    public String toString() {
        return method + " " + path;
    }
}
