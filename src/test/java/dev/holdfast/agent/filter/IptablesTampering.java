package dev.holdfast.agent.filter;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/// What somebody else does to our chains, the same for both back ends of iptables.
final class IptablesTampering {
    private IptablesTampering() {}

    static Map<String, String> kinds(String iptables) {
        String six = iptables.replace("iptables", "ip6tables");
        String chain = "c=HOLDFAST-" + Mark.ofText("shop") + ";";
        String rule =
                "m=$(%s-save -t filter | sed -n '/-A HOLDFAST-.*10.1.0.0/s/.*comment \"\\(.*\\)\" .*/\\1/p');"
                        .formatted(iptables);
        Map<String, String> kinds = new LinkedHashMap<>();
        kinds.put(chain + iptables + " -w -D $c 1", Drift.DELETED);
        kinds.put(
                chain
                        + rule
                        + iptables
                        + " -w -R $c 1 -s 10.0.0.0/8 -m comment --comment \"$m\" -j ACCEPT",
                Drift.EDITED);
        kinds.put(
                chain
                        + rule
                        + iptables
                        + " -w -D $c 1;"
                        + iptables
                        + " -w -A $c -s 10.1.0.0/16 -m comment --comment \"$m\" -j ACCEPT",
                Drift.MOVED);
        kinds.put(chain + iptables + " -w -I $c -s 10.2.0.0/16 -j ACCEPT", Drift.ADDED);
        kinds.put(
                "m=$(%1$s-save -t filter | sed -n '/-A INPUT.*HOLDFAST/s/.*comment \"*\\(hf:[^ \"]*\\)\"* .*/\\1/p');"
                                .formatted(six)
                        + six
                        + " -w -R INPUT 1 -m comment --comment \"$m\" -j ACCEPT",
                Drift.EDITED);
        kinds.put(six + " -w -F INPUT", Drift.DELETED);
        kinds.put(iptables + " -w -N HOLDFAST-MORE", Drift.ADDED);
        kinds.put(
                "for i in %s %s; do $i -w -F; $i -w -X; done".formatted(iptables, six), Drift.GONE);
        return kinds;
    }

    static Engine withABadCommand(Path directory, String iptables) throws IOException {
        for (String name : new String[] {iptables, iptables.replace("iptables", "ip6tables")}) {
            PacketFilterLabTest.wrapper(directory, name, "exec " + name + " \"$@\"\n");
            PacketFilterLabTest.wrapper(
                    directory, name + "-save", "exec " + name + "-save \"$@\"\n");
            PacketFilterLabTest.wrapper(
                    directory,
                    name + "-restore",
                    "sed 's/^COMMIT/-A HOLDFAST -j NOWHERE\\nCOMMIT/' | "
                            + name
                            + "-restore \"$@\"\n");
        }
        return new Iptables(directory.resolve(iptables).toString());
    }
}
