package dev.holdfast.control.site;

import dev.holdfast.control.revision.Edit;

/// A site's settings before and after, inside the edit that changes them.
public record SiteChange(Edit edit, SiteSettings before, SiteSettings after) {}
