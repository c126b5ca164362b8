package dev.holdfast.agent.watch;

import dev.holdfast.client.UnreadableException;
import dev.holdfast.wire.Digest;
import org.jspecify.annotations.Nullable;

/// What this machine should be at one revision, whole. Immutable; copies share what did not change.
public sealed interface DesiredState permits NodeDesired, HostDesired {

    Head head();

    /// Of the node or host it is for.
    String name();

    /// The whole of it as one document, as a control plane would send it.
    byte[] toJson();

    /// What changed since another state, as a delta of it.
    ///
    /// @return null when it takes a whole state to tell
    byte @Nullable [] since(DesiredState before);

    /// Of what is in it; the head says what it should be.
    Digest digest();

    /// The state after one document: a delta on top of this one, or a full state instead of it.
    DesiredState merge(byte[] json) throws UnreadableException;

    /// This state when `overtaken` came just before and was never looked at. What a person meant by
    /// that one is meant by this one too.
    DesiredState after(DesiredState overtaken);

    /// This state with what a refused one adds to it and may bring without taking anything away.
    DesiredState with(DesiredState refused);

    /// How much of its services it may lose at once, in percent; null when it was not told.
    @Nullable Integer cliffPercent();

    /// Whether a person marked a revision on the way here as meant (NO-CLIFF).
    default boolean meant() {
        return Boolean.TRUE.equals(head().meant());
    }

    default String epoch() {
        return head().epoch();
    }

    default long revision() {
        return head().revision();
    }
}
