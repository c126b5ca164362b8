package dev.holdfast.agent.watch;

import dev.holdfast.client.UnreadableException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.stream.Collectors;

/// A backend host's desired state, as its control plane would write it.
public final class HostModel {

    private HostModel() {}

    /// One that takes packets in these encapsulations, the first of which is its site's own.
    ///
    /// @param own as JSON, as the others
    public static HostDesired accepting(String own, String... others) {
        return of(own + ", \"accepts\": [" + String.join(", ", others) + "]", "198.51.100.1", "[]");
    }

    /// One that carries these services at a revision, each on a VIP of its own.
    ///
    /// @param own further fields of its own part as JSON, or empty
    public static HostDesired carrying(long revision, boolean meant, String own, int... services) {
        String vips =
                Arrays.stream(services)
                        .mapToObj(one ->
                                "{\"name\": \"v%1$d\", \"address\": \"198.51.100.%1$d\"}"
                                        .formatted(one))
                        .collect(Collectors.joining(", "));
        String all =
                Arrays.stream(services)
                        .mapToObj(one ->
                                "{\"name\": \"s%1$d\", \"vip\": \"v%1$d\", \"ports\": [], \"chances\": []}"
                                        .formatted(one))
                        .collect(Collectors.joining(", "));
        return read(
                """
                {"site": "dc1", "epoch": "e", "revision": %d, "full": true, "reset": false,
                 "meant": %s, "digest": "00000000000000000000000000000000",
                 "host": {"name": "be1", "address": "10.3.1.2", "tunnelAddresses": []%s},
                 "encapsulation": {"kind": "IPIP"}, "mss": 1440, "vips": [%s], "services": [%s]}
                """
                        .formatted(revision, meant, own, vips, all));
    }

    /// @param encapsulation as JSON
    /// @param vip address of the VIP `shop`
    /// @param services as JSON
    public static HostDesired of(String encapsulation, String vip, String services) {
        String vips = "[{\"name\": \"shop\", \"address\": \"%s\"}]".formatted(vip);
        return at("10.3.1.2", encapsulation, vips, services);
    }

    /// @param address the host's own
    /// @param encapsulation as JSON, as all that follow
    public static HostDesired at(
            String address, String encapsulation, String vips, String services) {
        String json =
                """
                {"site": "dc1", "epoch": "e", "revision": 7, "full": true, "reset": false,
                 "digest": "00000000000000000000000000000000",
                 "host": {"name": "be1", "address": "%s", "tunnelAddresses": []},
                 "encapsulation": %s, "mss": 1428,
                 "vips": %s, "services": %s}
                """
                        .formatted(address, encapsulation, vips, services);
        return read(json);
    }

    /// As it stands on a disk: with the digest that it has.
    ///
    /// @param encapsulation as JSON, as all that follow
    public static HostDesired proven(String encapsulation, String vips, String services) {
        return proven(at("10.3.1.2", encapsulation, vips, services));
    }

    /// The same, with the digest that it has.
    public static HostDesired proven(HostDesired state) {
        String json = new String(state.toJson(), StandardCharsets.UTF_8);
        return read(json.replace("00000000000000000000000000000000", state.digest().toString()));
    }

    private static HostDesired read(String json) {
        try {
            return HostDesired.full(json.getBytes(StandardCharsets.UTF_8));
        } catch (UnreadableException e) {
            throw new AssertionError(json, e);
        }
    }
}
