package dev.holdfast.bench.thin;

import dev.holdfast.agent.watch.NodeDesired;
import dev.holdfast.wire.Destination;
import dev.holdfast.wire.ServiceState;

/// What the agent is told, in the words of those it is compared with.
final class SameContent {

    private static final String FLAGS = "mh-fallback,mh-port";

    private SameContent() {}

    /// For `ipvsadm -R`.
    ///
    /// @param late whether a service gets its scheduler when it is whole: then the kernel makes its
    ///   table once
    static String rules(NodeDesired state, boolean late) {
        StringBuilder rules = new StringBuilder();
        for (ServiceState service : state.services().sorted().values()) {
            String at = " -t " + service.vip().address() + ":443";
            rules.append("-A" + at + (late ? " -s rr\n" : " -s mh -b " + FLAGS + "\n"));
            for (Destination one : service.destinations()) {
                rules.append(
                        "-a%s -r %s:443 -i --tun-type gue --tun-port 6080 --tun-nocsum -w %d\n"
                                .formatted(at, one.address(), one.weight()));
            }
            if (late) {
                rules.append("-E" + at + " -s mh -b " + FLAGS + "\n");
            }
        }
        return rules.toString();
    }

    /// For keepalived, without checks, as the site has none.
    static String keepalived(NodeDesired state) {
        StringBuilder configuration = new StringBuilder();
        for (ServiceState service : state.services().sorted().values()) {
            configuration.append(
                    """
                    virtual_server %s 443 {
                      lb_algo mh
                      mh-fallback
                      mh-port
                      lvs_method TUN type gue port 6080 nocsum
                      protocol TCP
                    """
                            .formatted(service.vip().address()));
            for (Destination one : service.destinations()) {
                configuration.append(
                        "  real_server %s 443 {\n    weight %d\n  }\n"
                                .formatted(one.address(), one.weight()));
            }
            configuration.append("}\n");
        }
        return configuration.toString();
    }
}
