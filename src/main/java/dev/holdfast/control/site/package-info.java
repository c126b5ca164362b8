/// Sites: one data centre each, with the ranges its addresses come from.
///
/// Knows nothing of what lives in a site but that something may: see
/// [dev.holdfast.control.site.SiteTenants].
@NullMarked
package dev.holdfast.control.site;

import org.jspecify.annotations.NullMarked;
