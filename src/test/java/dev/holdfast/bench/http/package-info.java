/// HTTP/1.1 by thousands of connections from one thread, so that what is measured is the server.
///
/// Knows nothing of Holdfast or of any peer: what is asked and what an answer means is in the
/// [dev.holdfast.bench.http.Conversation].
@NullMarked
package dev.holdfast.bench.http;

import org.jspecify.annotations.NullMarked;
