package dev.holdfast.wire;

import com.fasterxml.jackson.annotation.JsonRawValue;
import org.jspecify.annotations.Nullable;

/// A resource before and after.
///
/// @param kind SITE, NODE, HOST, VIP, SERVICE or BACKEND
/// @param name a backend's is `service/host`
/// @param before as a GET showed it; absent when it was not there
/// @param after as a GET shows it since; absent when it is gone
public record ResourceChange(
        String kind,
        String name,
        @JsonRawValue @Nullable String before,
        @JsonRawValue @Nullable String after) {}
