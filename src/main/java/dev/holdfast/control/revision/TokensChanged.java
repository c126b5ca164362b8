package dev.holdfast.control.revision;

/// Said to everyone in this process after agents' tokens were made or withdrawn, here or by another
/// replica, and when that may have gone unheard: whoever remembers tokens forgets them.
public record TokensChanged() {}
