package dev.holdfast.control.explain;

import dev.holdfast.maglev.Walk;

/// An explanation in one plain sentence.
final class Sentence {

    private Sentence() {}

    static String of(ServiceThen then, Walk walk, Client client, long revision, boolean allowed) {
        StringBuilder text =
                new StringBuilder(
                        "At revision %d, %s hashes to slot %d of service %s"
                                .formatted(revision, client, walk.slot(), then.service().name()));
        if (walk.owner() < 0) {
            text.append(", which has no destinations: the load balancer refuses it");
        } else {
            ServiceThen.Member owner = then.member(walk.owner());
            text.append(", which belongs to %s (%s)".formatted(owner.host(), owner.address()));
            if (walk.destination() < 0) {
                text.append("; it does not serve, and nor does any other: it is refused");
            } else if (walk.isFallback()) {
                ServiceThen.Member chosen = then.member(walk.destination());
                text.append(
                        "; it does not serve, so after %d more %s it goes to %s (%s)"
                                .formatted(
                                        walk.tries(),
                                        walk.tries() == 1 ? "try" : "tries",
                                        chosen.host(),
                                        chosen.address()));
            }
        }
        if (!allowed) {
            text.append(" — but the packet filter drops it: the client is in no allowed source");
        }
        return text.append('.').toString();
    }
}
