/// The OpenAPI document: what the controllers say of themselves, completed with what they share, so
/// that it can be tried in Swagger UI as it stands.
///
/// Knows the shapes of requests and answers, but nothing of what is done with them.
@NullMarked
package dev.holdfast.control.contract;

import org.jspecify.annotations.NullMarked;
