package dev.holdfast.control.revision;

import java.util.Locale;

/// The kinds of resource whose changes are numbered.
public enum Kind {
    SITE,
    NODE,
    HOST,
    VIP,
    SERVICE,
    /// Named `service/host`.
    BACKEND,
    /// Named as its service.
    MIGRATION;

    /// As people read it in messages: `backend`.
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
