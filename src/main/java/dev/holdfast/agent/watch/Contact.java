package dev.holdfast.agent.watch;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// How the agent stands with its control plane.
///
/// @param heardAt when it last gave a usable answer; null when never
/// @param problem why the last question got none; null when it did
public record Contact(@Nullable Instant heardAt, @Nullable String problem) {

    static final Contact NONE = new Contact(null, "not asked yet");
}
