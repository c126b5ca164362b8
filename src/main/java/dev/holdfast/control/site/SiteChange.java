package dev.holdfast.control.site;

import dev.holdfast.control.revision.Edit;

/// A site's settings before and after, inside the edit that changes them.
///
/// @param forced whether a person said that it is to happen although connections may be lost
public record SiteChange(Edit edit, SiteSettings before, SiteSettings after, boolean forced) {}
