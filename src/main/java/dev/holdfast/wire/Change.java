package dev.holdfast.wire;

import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// One write of a change set, as the same write on its own would be sent.
///
/// @param method PUT or DELETE
/// @param path below the site, such as `/services/shop/backends/be1`; `/` is the site itself
/// @param body what would be PUT there; left out for DELETE
/// @param force as `?force=true` on the resource itself; left out: false
public record Change(
        @Nullable Method method,
        @Nullable String path,
        @JsonSetter(contentNulls = Nulls.SET) @Nullable Map<String, @Nullable Object> body,
        @Nullable Boolean force) {

    /// What is done with a resource.
    public enum Method {
        PUT,
        DELETE
    }
}
