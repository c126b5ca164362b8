package dev.holdfast.control.migration;

import dev.holdfast.control.problem.Faults;
import dev.holdfast.wire.Family;
import dev.holdfast.wire.IpAddress;
import dev.holdfast.wire.Migration;
import dev.holdfast.wire.MigrationStage;
import java.math.BigDecimal;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What a body must keep to, whatever stands in the database.
final class MigrationRules {

    static final BigDecimal ALL = BigDecimal.valueOf(100);

    private static final int LEGACY_HOSTS_MAX = 16;
    private static final int DECIMALS_MAX = 3;

    private MigrationRules() {}

    /// @throws dev.holdfast.control.problem.Refusal (400) when the body does not hold together
    static MigrationSettings settings(String service, Family vip, Migration body) {
        Faults faults = new Faults();
        faults.unless(
                body.service() == null || body.service().equals(service),
                "service",
                body.service(),
                service + ", as in the path, or left out");
        MigrationStage stage = Objects.requireNonNullElse(body.stage(), MigrationStage.LIVE);
        List<IpAddress> hosts = Objects.requireNonNullElse(body.legacyHosts(), List.of());
        hosts(hosts, vip, faults);
        BigDecimal percent = percent(stage, body.percent(), faults);
        faults.unless(
                stage != MigrationStage.CANARY || !hosts.isEmpty(),
                "legacyHosts",
                "none",
                "at CANARY the addresses of the old load balancers, which get the rest");
        faults.refuseIfAny();
        return new MigrationSettings(stage, percent, List.copyOf(hosts));
    }

    private static void hosts(List<IpAddress> hosts, Family vip, Faults faults) {
        faults.unless(
                hosts.size() <= LEGACY_HOSTS_MAX,
                "legacyHosts",
                hosts.size() + " addresses",
                "at most " + LEGACY_HOSTS_MAX);
        Set<IpAddress> seen = new HashSet<>();
        for (int i = 0; i < hosts.size(); i++) {
            IpAddress host = hosts.get(i);
            String here = "legacyHosts[" + i + "]";
            if (host == null) {
                faults.add(here, null, "the address of an old load balancer");
            } else {
                faults.unless(seen.add(host), here, host, "each address once");
                faults.unless(
                        host.family() == vip,
                        here,
                        host,
                        "an " + vip + " address, as the VIP: packets are sent there in IPIP");
            }
        }
    }

    private static @Nullable BigDecimal percent(
            MigrationStage stage, @Nullable BigDecimal asked, Faults faults) {
        if (stage != MigrationStage.CANARY) {
            BigDecimal implied = of(stage);
            faults.unless(
                    asked == null || asked.compareTo(implied) == 0,
                    "percent",
                    asked,
                    implied + " at " + stage + ", or left out");
            return null;
        }
        if (asked == null || asked.signum() <= 0 || asked.compareTo(ALL) >= 0) {
            faults.add("percent", asked, "at CANARY a number above 0 and below 100");
            return null;
        }
        BigDecimal shortest = shortest(asked);
        faults.unless(
                shortest.scale() <= DECIMALS_MAX,
                "percent",
                asked,
                "at most " + DECIMALS_MAX + " decimals");
        return shortest;
    }

    /// What a stage without a percentage of its own comes to.
    static BigDecimal of(MigrationStage stage) {
        return stage == MigrationStage.LIVE ? ALL : BigDecimal.ZERO;
    }

    /// `5` for 5.00 and `50` for 5E+1.
    static BigDecimal shortest(BigDecimal number) {
        BigDecimal stripped = number.stripTrailingZeros();
        return stripped.scale() < 0 ? stripped.setScale(0) : stripped;
    }
}
