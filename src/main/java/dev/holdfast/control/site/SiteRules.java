package dev.holdfast.control.site;

import dev.holdfast.control.problem.Faults;
import dev.holdfast.wire.Encapsulation;
import dev.holdfast.wire.Family;
import dev.holdfast.wire.Limits;
import dev.holdfast.wire.Prefix;
import dev.holdfast.wire.Site;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Turns a request body into [SiteSettings], or says all that is wrong with it.
final class SiteRules {

    private static final int FOU_PORT = 5555;
    private static final int GUE_PORT = 6080;
    private static final int CLIFF_PERCENT = 50;
    private static final int ACCEPTS_MAX = 4;

    /// Every link that carries IPv6 takes packets of this size (RFC 8200).
    private static final int UNDERLAY_MTU_MIN = 1280;

    /// What is usual for jumbo frames, and what all hardware that has them can do.
    private static final int UNDERLAY_MTU_MAX = 9000;

    private SiteRules() {}

    static SiteSettings settings(String name, Site body) {
        Faults faults = new Faults();
        faults.sameName(name, body.name());
        List<Prefix> vips = Objects.requireNonNullElse(body.vipRanges(), List.of());
        List<Prefix> tunnels = Objects.requireNonNullElse(body.tunnelRanges(), List.of());
        faults.unless(!vips.isEmpty(), "vipRanges", "none", "at least one prefix");
        ranges("vipRanges", vips, List.of(), faults);
        ranges("tunnelRanges", tunnels, vips, faults);
        Encapsulation encapsulation = encapsulation("encapsulation", body.encapsulation(), faults);
        List<Encapsulation> accepts = accepts(body.accepts(), encapsulation, faults);
        faults.unless(
                encapsulation.kind() != Encapsulation.Kind.FOU || !tunnels.isEmpty(),
                "tunnelRanges",
                "none",
                "at least one prefix, since the encapsulation is FOU");
        int mtu =
                faults.within(
                        "underlayMtu",
                        body.underlayMtu(),
                        SiteSettings.UNDERLAY_MTU,
                        UNDERLAY_MTU_MIN,
                        UNDERLAY_MTU_MAX);
        Limits limits = limits(body.limits(), faults);
        SiteSettings settings =
                new SiteSettings(vips, tunnels, encapsulation, accepts, mtu, limits);
        faults.refuseIfAny();
        return settings;
    }

    private static void ranges(
            String field, List<Prefix> ranges, List<Prefix> others, Faults faults) {
        for (int i = 0; i < ranges.size(); i++) {
            Prefix range = ranges.get(i);
            String here = field + "[" + i + "]";
            if (range == null) {
                faults.add(here, null, "a prefix");
                continue;
            }
            int widest = range.family() == Family.IPV4 ? 8 : 32;
            faults.unless(range.length() >= widest, here, range, "/" + widest + " or narrower");
            faults.unless(Unicast.isAll(range), here, range, Unicast.EXPECTED);
            for (Prefix other : List.copyOf(ranges.subList(0, i))) {
                faults.unless(!range.overlaps(other), here, range, "no overlap with " + other);
            }
            for (Prefix other : others) {
                faults.unless(
                        other == null || !range.overlaps(other),
                        here,
                        range,
                        "no overlap with the VIP range " + other);
            }
        }
    }

    private static Encapsulation encapsulation(
            String field, @Nullable Encapsulation asked, Faults faults) {
        Encapsulation.Kind kind =
                asked == null || asked.kind() == null ? Encapsulation.Kind.GUE : asked.kind();
        Integer port = asked == null ? null : asked.port();
        return switch (kind) {
            // The port above FOU's is for IPv6; the two above GUE's are for second chance.
            case FOU ->
                    new Encapsulation(
                            kind, faults.within(field + ".port", port, FOU_PORT, 1, 65534));
            case GUE ->
                    new Encapsulation(
                            kind, faults.within(field + ".port", port, GUE_PORT, 1, 65533));
            case IPIP -> {
                faults.unless(port == null, field + ".port", port, "none: IPIP has no port");
                yield new Encapsulation(kind, null);
            }
        };
    }

    private static List<Encapsulation> accepts(
            @Nullable List<Encapsulation> asked, Encapsulation own, Faults faults) {
        if (asked == null) {
            return List.of();
        }
        faults.unless(
                asked.size() <= ACCEPTS_MAX,
                "accepts",
                asked.size() + " encapsulations",
                "at most " + ACCEPTS_MAX);
        List<Encapsulation> read = new ArrayList<>();
        for (int i = 0; i < asked.size(); i++) {
            String here = "accepts[" + i + "]";
            if (asked.get(i) == null) {
                faults.add(here, null, "an encapsulation");
                continue;
            }
            Encapsulation one = encapsulation(here, asked.get(i), faults);
            shared(one, own)
                    .ifPresent(
                            taken -> faults.add(here + ".port", one.port(), unclaimed(taken, own)));
            for (Encapsulation other : read) {
                shared(one, other)
                        .ifPresent(taken ->
                                faults.add(here + ".port", one.port(), unclaimed(taken, other)));
            }
            read.add(one);
        }
        return read;
    }

    /// A UDP port to which packets of both would come.
    private static Optional<Integer> shared(Encapsulation one, Encapsulation other) {
        return one.equals(other)
                ? Optional.empty()
                : Encapsulations.ports(one).stream()
                        .filter(Encapsulations.ports(other)::contains)
                        .findFirst();
    }

    private static String unclaimed(int taken, Encapsulation other) {
        return "another: UDP port %d is that of %s already"
                .formatted(taken, Encapsulations.words(other));
    }

    private static Limits limits(@Nullable Limits asked, Faults faults) {
        Double collateral = asked == null ? null : asked.maxCollateralPercent();
        faults.unless(
                collateral == null || (collateral >= 0 && collateral <= 100),
                "limits.maxCollateralPercent",
                collateral,
                "a number from 0 to 100");
        int cliff =
                faults.within(
                        "limits.cliffPercent",
                        asked == null ? null : asked.cliffPercent(),
                        CLIFF_PERCENT,
                        1,
                        100);
        return new Limits(cliff, collateral);
    }
}
