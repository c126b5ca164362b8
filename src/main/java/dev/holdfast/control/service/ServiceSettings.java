package dev.holdfast.control.service;

import dev.holdfast.wire.Affinity;
import dev.holdfast.wire.HealthCheck;
import dev.holdfast.wire.Prefix;
import dev.holdfast.wire.Protocol;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a service asks for, with every default filled in.
///
/// @param vip name of its VIP
/// @param ports one or more, in the order given
/// @param allowedSources null: everyone
/// @param healthCheck null: every enabled backend serves
/// @param secondChance whether hosts send packets on that they do not know
/// @param udpSecondChance whether they do so with UDP
/// @param maxCollateralPercent null: as the site says
record ServiceSettings(
        String vip,
        List<Port> ports,
        Affinity affinity,
        @Nullable List<Prefix> allowedSources,
        @Nullable HealthCheck healthCheck,
        boolean secondChance,
        boolean udpSecondChance,
        @Nullable Double maxCollateralPercent,
        @Nullable String owner) {

    record Port(Protocol protocol, int number) {

        @Override
        public String toString() {
            return protocol + " " + number;
        }
    }
}
