package dev.holdfast.control.changeover;

import dev.holdfast.control.changeover.Readiness.Host;
import dev.holdfast.control.problem.Fault;
import dev.holdfast.control.problem.Few;
import dev.holdfast.control.site.Encapsulations;
import dev.holdfast.wire.Encapsulation;
import java.util.List;

/// What a person does to change an encapsulation without losing connections.
record Steps(Encapsulation from, Encapsulation to, List<Host> hosts) {

    Fault fault(String found) {
        String old = Encapsulations.words(from);
        String fresh = Encapsulations.words(to);
        return new Fault(
                "encapsulation",
                found,
                "these steps: 1. PUT the site with encapsulation %1$s as it is and %2$s in accepts; 2. %3$s; 3. PUT encapsulation %2$s with %1$s in accepts; 4. when status shows every node at that revision, without failures, PUT it without %1$s in accepts; or ?force=true, by which connections are lost"
                        .formatted(old, fresh, prepared()));
    }

    private String prepared() {
        String wait =
                Few.of("host", hosts.stream().filter(Host::agent).map(Host::name).toList())
                        .map(some ->
                                "wait until status shows "
                                        + some
                                        + " at that revision, without failures")
                        .orElse("");
        String byHand =
                Few.of(
                                "host",
                                hosts.stream()
                                        .filter(host -> !host.agent())
                                        .map(Host::name)
                                        .toList())
                        .map(some -> "prepare " + some + ", without an agent, by hand")
                        .orElse("");
        return wait.isEmpty() || byHand.isEmpty() ? wait + byHand : wait + ", and " + byHand;
    }
}
