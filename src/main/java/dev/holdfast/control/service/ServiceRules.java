package dev.holdfast.control.service;

import dev.holdfast.control.problem.Faults;
import dev.holdfast.wire.Affinity;
import dev.holdfast.wire.Prefix;
import dev.holdfast.wire.Service;
import dev.holdfast.wire.ServiceLimits;
import dev.holdfast.wire.ServicePort;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Turns a request body into [ServiceSettings], or says all that is wrong with it.
final class ServiceRules {

    private static final int PORTS_MAX = 256;
    private static final int SOURCES_MAX = 10_000;
    private static final int OWNER_LENGTH_MAX = 200;

    private ServiceRules() {}

    static ServiceSettings settings(String name, Service body) {
        Faults faults = new Faults();
        faults.sameName(name, body.name());
        if (body.vip() == null) {
            faults.add("vip", null, "the name of a VIP of this site");
        }
        List<ServiceSettings.Port> ports = ports(body.ports(), faults);
        sources(body.allowedSources(), faults);
        if (body.owner() != null) {
            faults.unless(
                    body.owner().length() <= OWNER_LENGTH_MAX,
                    "owner",
                    body.owner(),
                    "at most " + OWNER_LENGTH_MAX + " characters");
        }
        var check = HealthCheckRules.filledIn(body.healthCheck(), ports, faults);
        Double collateral = collateral(body.limits(), faults);
        faults.refuseIfAny();
        return new ServiceSettings(
                Objects.requireNonNull(body.vip()),
                ports,
                Objects.requireNonNullElse(body.affinity(), Affinity.CONNECTION),
                body.allowedSources(),
                check,
                Objects.requireNonNullElse(body.secondChance(), true),
                Objects.requireNonNullElse(body.udpSecondChance(), false),
                collateral,
                body.owner());
    }

    private static List<ServiceSettings.Port> ports(
            @Nullable List<ServicePort> asked, Faults faults) {
        int count = asked == null ? 0 : asked.size();
        if (asked == null || count < 1 || count > PORTS_MAX) {
            faults.add("ports", count + " ports", "1 to " + PORTS_MAX);
            return List.of();
        }
        List<ServiceSettings.Port> ports = new ArrayList<>();
        Set<ServiceSettings.Port> seen = new HashSet<>();
        for (int i = 0; i < count; i++) {
            ServicePort port = asked.get(i);
            String here = "ports[" + i + "]";
            if (port == null) {
                faults.add(here, null, "an object with protocol and port");
            } else if (port.protocol() == null) {
                faults.add(here + ".protocol", null, "TCP or UDP");
            } else if (port.port() == null) {
                faults.add(here + ".port", null, "a whole number from 1 to 65535");
            } else {
                int number = faults.within(here + ".port", port.port(), 1, 1, 65535);
                var settled = new ServiceSettings.Port(port.protocol(), number);
                faults.unless(seen.add(settled), here, settled, "each protocol and port once");
                ports.add(settled);
            }
        }
        return ports;
    }

    private static @Nullable Double collateral(@Nullable ServiceLimits asked, Faults faults) {
        Double collateral = asked == null ? null : asked.maxCollateralPercent();
        faults.unless(
                collateral == null || (collateral >= 0 && collateral <= 100),
                "limits.maxCollateralPercent",
                collateral,
                "a number from 0 to 100, or to be left out: as the site says");
        return collateral;
    }

    private static void sources(@Nullable List<Prefix> sources, Faults faults) {
        if (sources == null) {
            return;
        }
        faults.unless(
                !sources.isEmpty() && sources.size() <= SOURCES_MAX,
                "allowedSources",
                sources.size() + " prefixes",
                "1 to " + SOURCES_MAX + ", or to be left out: everyone");
        for (int i = 0; i < sources.size(); i++) {
            faults.unless(sources.get(i) != null, "allowedSources[" + i + "]", null, "a prefix");
        }
    }
}
