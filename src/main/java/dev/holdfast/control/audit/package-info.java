/// Who wrote what, when and from where, and what was refused. Only ever added to.
///
/// What is done is written down in the transaction that does it; what is refused, after the answer.
/// Knows no feature.
@NullMarked
package dev.holdfast.control.audit;

import org.jspecify.annotations.NullMarked;
