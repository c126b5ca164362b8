package dev.holdfast.agent.watch;

import dev.holdfast.client.UnreadableException;
import dev.holdfast.client.WireJson;
import dev.holdfast.wire.Digest;
import org.jspecify.annotations.Nullable;

/// What every desired-state document begins with, full or delta, for either role.
///
/// @param epoch names the database lineage that the revision counts in
/// @param full whether it stands alone
/// @param reset whether what was before it must be forgotten
/// @param meant whether a person marked a revision on the way here as meant (NO-CLIFF); absent: no,
///   and in a host's state of a control plane that did not say so yet
/// @param digest of the state one has after taking it in
public record Head(
        String site,
        String epoch,
        long revision,
        boolean full,
        boolean reset,
        @Nullable Boolean meant,
        Digest digest) {

    /// The same, and a person means it.
    Head asMeant() {
        return new Head(site, epoch, revision, full, reset, true, digest);
    }

    /// The same, of a state with another digest.
    Head at(Digest other) {
        return new Head(site, epoch, revision, full, reset, meant, other);
    }

    static Head of(byte[] json) throws UnreadableException {
        Head head = WireJson.read(json, Head.class);
        Whole.given(head.site(), "state", "site");
        Whole.given(head.epoch(), "state", "epoch");
        Whole.given(head.digest(), "state", "digest");
        return head;
    }
}
