package dev.holdfast.wire;

import java.util.List;

/// What differs between two revisions of a site.
///
/// @param from the earlier, or the one compared with
/// @param to the one asked about
/// @param changes resources that differ, before as at `from`, after as at `to`
/// @param text the same for people: one line a field that differs
public record RevisionDiff(long from, long to, List<ResourceChange> changes, List<String> text) {}
