package dev.holdfast.agent.doctor;

import dev.holdfast.agent.reconcile.Role;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Kernel settings by their real effect. Of the agent's own ones only those that somebody else set
/// otherwise are found here: the agent sets them again in its next round.
final class SettingChecks {

    private record Wanted(String setting, String value, String why) {}

    private static final List<Wanted> ON_LOAD_BALANCERS =
            List.of(
                    new Wanted(
                            "net/ipv4/vs/sloppy_tcp",
                            "1",
                            "a connection that moves here from another load balancer would be"
                                    + " reset"),
                    new Wanted(
                            "net/ipv4/vs/schedule_icmp",
                            "1",
                            "path MTU discovery would not reach the backend"),
                    new Wanted("net/ipv4/vs/drop_entry", "0", "packets in mid-stream are dropped"),
                    new Wanted("net/ipv4/vs/drop_packet", "0", "packets in mid-stream are dropped"),
                    new Wanted(
                            "net/ipv4/vs/conntrack",
                            "0",
                            "each packet then costs an entry of conntrack, whose table fills up"));

    private SettingChecks() {}

    static List<Finding> all(Ground ground, Role role) {
        return switch (role) {
            case LOAD_BALANCER -> onLoadBalancer(ground);
            case BACKEND -> onBackend(ground);
        };
    }

    /// A setting that is not there comes with its module.
    private static List<Finding> onLoadBalancer(Ground ground) {
        List<Finding> findings = new ArrayList<>();
        for (Wanted wanted : ON_LOAD_BALANCERS) {
            Optional<String> value = ground.read("proc/sys/" + wanted.setting());
            if (value.isPresent() && !value.get().equals(wanted.value())) {
                String key = wanted.setting().replace('/', '.');
                findings.add(
                        Finding.fault(
                                "%s is %s (expected: %s)"
                                        .formatted(key, value.get(), wanted.value()),
                                wanted.why(),
                                "sysctl -w %s=%s".formatted(key, wanted.value())));
            }
        }
        return findings;
    }

    /// The kernel takes the stricter of `all` and the device's own. Loose does not help: the device
    /// has no address, and then loose drops as strict does (measured).
    private static List<Finding> onBackend(Ground ground) {
        List<Finding> findings = new ArrayList<>();
        for (String device : List.of("all", "tunl0")) {
            Optional<String> value = ground.read("proc/sys/net/ipv4/conf/" + device + "/rp_filter");
            if (value.isPresent() && !value.get().equals("0")) {
                findings.add(
                        Finding.fault(
                                "net.ipv4.conf.%s.rp_filter is %s (expected: 0)"
                                        .formatted(device, value.get()),
                                "what comes out of the tunnel is dropped: its source is a client"
                                        + " that tunl0 does not lead to, and the stricter of 'all'"
                                        + " and the device counts",
                                "sysctl -w net.ipv4.conf.%s.rp_filter=0".formatted(device)));
            }
        }
        return findings;
    }
}
