/// What the control plane says when it refuses.
///
/// Knows no feature and no HTTP: `web` turns a [dev.holdfast.control.problem.Refusal] into a status
/// and a body.
@NullMarked
package dev.holdfast.control.problem;

import org.jspecify.annotations.NullMarked;
