/// Says what a change set would do before it is done, and keeps writes within the site's limits.
///
/// Reads what [dev.holdfast.control.desired.Foresight] shows of an edit under way and compares
/// exact tables; it stores nothing and knows no feature's tables.
@NullMarked
package dev.holdfast.control.plan;

import org.jspecify.annotations.NullMarked;
