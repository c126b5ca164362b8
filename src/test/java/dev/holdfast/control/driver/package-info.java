/// What every `*IT` of the control plane stands on: a running server on a real PostgreSQL, and the
/// REST API in calls that read like the story.
///
/// Knows nothing of the server's classes but its entry point: tests speak HTTP.
@NullMarked
package dev.holdfast.control.driver;

import org.jspecify.annotations.NullMarked;
