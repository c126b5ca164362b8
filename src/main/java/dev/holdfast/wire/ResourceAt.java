package dev.holdfast.wire;

import com.fasterxml.jackson.annotation.JsonRawValue;

/// A resource as it was at some revision.
///
/// @param kind SITE, NODE, HOST, VIP, SERVICE or BACKEND
/// @param name a backend's is `service/host`
/// @param document as a GET showed it
public record ResourceAt(String kind, String name, @JsonRawValue String document) {}
