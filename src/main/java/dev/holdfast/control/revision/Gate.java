package dev.holdfast.control.revision;

import dev.holdfast.control.problem.Refusal;

/// Looks at each revision before it is committed, and may refuse it.
///
/// Implemented by the features, so that `revision` need not know them.
public interface Gate {

    /// Called inside the transaction, with everything written down, and under the site's lock.
    ///
    /// @throws Refusal when the revision is not to be made
    void check(Edit edit, WriteConditions conditions);
}
