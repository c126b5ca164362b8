/// The edge of the REST API that all features share: strict JSON, headers, pages, problems.
///
/// Knows no feature: what a feature refuses reaches it as a [dev.holdfast.control.problem.Refusal].
@NullMarked
package dev.holdfast.control.web;

import org.jspecify.annotations.NullMarked;
