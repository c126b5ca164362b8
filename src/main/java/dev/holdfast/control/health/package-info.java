/// Makes one verdict for the whole site out of what probing nodes and systems outside say of each
/// backend, and hands it to `service`, which decides what follows for traffic.
///
/// Probes nothing itself, and never overrules a person (PERSON-WINS).
@NullMarked
package dev.holdfast.control.health;

import org.jspecify.annotations.NullMarked;
