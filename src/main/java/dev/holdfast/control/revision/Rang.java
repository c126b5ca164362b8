package dev.holdfast.control.revision;

/// Said to everyone in this process after a site's revision was committed, here or by another
/// replica. It carries no data: whoever hears it reads for himself, so a lost or doubled one is
/// harmless.
///
/// @param site its name
public record Rang(String site) {}
