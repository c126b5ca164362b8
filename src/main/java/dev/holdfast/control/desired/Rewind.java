package dev.holdfast.control.desired;

/// What to do when an older database was put in the place of the one that was read before.
@FunctionalInterface
interface Rewind {

    /// @param seen a revision that the database no longer has
    void noticed(Head seen);
}
