/// The virtual data centre: a real Linux kernel in which namespaces are client, router, load
/// balancers and backends, told in a few lines.
///
/// Knows nothing of the control plane or the agent beyond how to start a program. Guest, data
/// centre and traffic know nothing of JUnit either, because the demo uses them too.
@NullMarked
package dev.holdfast.lab;

import org.jspecify.annotations.NullMarked;
