package dev.holdfast.control.desired;

/// What there is to say to an agent.
enum Verdict {
    /// It is up to date.
    NOTHING_NEW,
    /// What changed since the revision it has.
    DELTA,
    /// Everything: it has nothing, or what it has is too long ago.
    FULL,
    /// Everything, and it must forget what it had: that is not in this database.
    RESET,
    /// There is no such site, node or host.
    UNKNOWN;

    /// Whether it would be wrong from a replica that has not heard the latest yet. A delta only
    /// ever leads forward; but who asks for a full state may have seen a newer one elsewhere, and
    /// what is not known here may have been made elsewhere.
    boolean needsFreshView() {
        return switch (this) {
            case NOTHING_NEW, DELTA -> false;
            case FULL, RESET, UNKNOWN -> true;
        };
    }

    /// For what is not a matter of details.
    ///
    /// @param oldest the revision from which on deltas can be told
    static Verdict of(Question question, SiteView view, long oldest) {
        if (question.epoch() != null && !question.epoch().equals(view.epoch())) {
            return RESET;
        }
        if (question.after() > view.revision()) {
            return RESET;
        }
        return question.after() == 0 || question.after() < oldest ? FULL : DELTA;
    }
}
