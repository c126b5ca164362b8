package dev.holdfast.control.revision;

/// Sees each write of a site that is about to be committed, whether it changed anything or not.
///
/// Implemented by the features, so that `revision` need not know them.
public interface Witness {

    /// Called last inside the transaction, under the site's lock, with the changes in the log.
    void saw(Edit edit, WriteConditions conditions);
}
