package dev.holdfast.client;

import java.nio.charset.StandardCharsets;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/// One HTTP answer, whole.
///
/// @param body inflated; empty when there is none
@SuppressWarnings("ArrayRecordComponent") // never compared, only passed on
record Answer(int status, @Nullable String etag, byte[] body) {

    String text() {
        return new String(body, StandardCharsets.UTF_8);
    }

    /// The revision in an `ETag: "42"`.
    OptionalLong revision() {
        if (etag == null || !etag.matches("(W/)?\"[0-9]{1,18}\"")) {
            return OptionalLong.empty();
        }
        return OptionalLong.of(Long.parseLong(etag.replaceAll("[W/\"]", "")));
    }
}
