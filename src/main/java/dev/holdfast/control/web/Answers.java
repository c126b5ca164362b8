package dev.holdfast.control.web;

import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;

/// Answers that carry a revision as their `ETag`.
public final class Answers {

    private Answers() {}

    /// 200, or 201 when `revision` is the one this very write created the resource with.
    public static <T> ResponseEntity<T> written(Written<T> written) {
        return ResponseEntity.status(written.created() ? HttpStatus.CREATED : HttpStatus.OK)
                .eTag(quoted(written.revision()))
                .body(written.resource());
    }

    public static <T> ResponseEntity<T> found(T resource, long revision) {
        return ResponseEntity.ok().eTag(quoted(revision)).body(resource);
    }

    /// 204 with the revision that the deletion made.
    public static ResponseEntity<Void> deleted(long revision) {
        return ResponseEntity.noContent().eTag(quoted(revision)).build();
    }

    private static String quoted(long revision) {
        return "\"" + revision + "\"";
    }
}
