/// The counter and the bell of each site: numbers changes in commit order, keeps what they changed,
/// and says "now" after each.
///
/// Knows site names and resource kinds, but nothing of what the resources mean or of who listens.
@NullMarked
package dev.holdfast.control.revision;

import org.jspecify.annotations.NullMarked;
