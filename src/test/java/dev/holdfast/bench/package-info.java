/// Measures Holdfast beside a peer that does the same work in the same run, and writes the page
/// that tells of it.
///
/// Knows how to start a control plane and to fill it, and nothing of what is measured: that is one
/// [dev.holdfast.bench.Benchmark] each, in a package of its own. These are programs and not tests:
/// a number is for a person to judge.
@NullMarked
package dev.holdfast.bench;

import org.jspecify.annotations.NullMarked;
