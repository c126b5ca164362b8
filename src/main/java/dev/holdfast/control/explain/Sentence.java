package dev.holdfast.control.explain;

import dev.holdfast.maglev.Walk;

/// An explanation in one plain sentence.
final class Sentence {

    private Sentence() {}

    static String of(ServiceThen then, Walk walk, Client client, long revision, boolean allowed) {
        String name = then.service().name();
        if (!then.course().isHere()) {
            return "At revision %d, nothing of service %s is here: at LEGACY the old load balancers"
                            .formatted(revision, name)
                    + " have all of it.";
        }
        StringBuilder text =
                new StringBuilder(
                        "At revision %d, %s hashes to slot %d of service %s"
                                .formatted(revision, client, walk.slot(), name));
        if (walk.owner() < 0) {
            text.append(", which has no destinations: the load balancer refuses it");
        } else {
            text.append(", which belongs to ")
                    .append(ServiceThen.called(then.member(walk.owner())));
            if (walk.destination() < 0) {
                text.append("; it does not serve, and nor does any other: it is refused");
            } else if (walk.isFallback()) {
                text.append(
                        "; it does not serve, so after %d more %s it goes to %s"
                                .formatted(
                                        walk.tries(),
                                        walk.tries() == 1 ? "try" : "tries",
                                        ServiceThen.called(then.member(walk.destination()))));
            }
        }
        if (!allowed) {
            text.append(" — but the packet filter drops it: the client is in no allowed source");
        }
        text.append('.');
        return text.append(stage(then)).append(chance(then)).toString();
    }

    private static String chance(ServiceThen then) {
        return Boolean.FALSE.equals(then.service().secondChance())
                ? " Second chance is off: a connection from before the last change is reset if it"
                        + " comes to another load balancer and this names another backend."
                : "";
    }

    private static String stage(ServiceThen then) {
        return switch (then.course().stage()) {
            case LEGACY ->
                    " The service is at LEGACY; its packets come here because the VIP is announced"
                            + " for another one, and are forwarded.";
            case SHADOW ->
                    then.course().forwards()
                            ? " The service is at SHADOW; its packets come here because the VIP is"
                                    + " announced for another one, and are forwarded."
                            : " The service is at SHADOW: its VIP is not announced, so this holds"
                                    + " for packets that somebody sends here by hand.";
            case CANARY -> " The service is at CANARY.";
            case LIVE -> "";
        };
    }
}
