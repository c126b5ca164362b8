package dev.holdfast.control.desired;

import org.jspecify.annotations.Nullable;

/// A kind of machine that asks what it should be.
interface Receiver {

    /// Such as `node`, in messages and meters.
    String word();

    /// @param view null when there is no such site
    Verdict judge(@Nullable SiteView view, String name, Question question);

    /// The state, or what changed of it, as JSON.
    ///
    /// @param verdict DELTA, FULL or RESET, for this very view
    byte[] tell(SiteView view, String name, Question question, Verdict verdict);
}
