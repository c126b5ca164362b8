/// What a site was, revision by revision, and what changed between two of them.
///
/// Reads the log that [dev.holdfast.control.revision.Revisions] keeps; knows no feature, and never
/// writes.
@NullMarked
package dev.holdfast.control.history;

import org.jspecify.annotations.NullMarked;
