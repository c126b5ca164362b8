package dev.holdfast.control.console;

import dev.holdfast.control.explain.Spread;
import dev.holdfast.control.service.Backends;
import dev.holdfast.control.web.Page;
import dev.holdfast.wire.AdminState;
import dev.holdfast.wire.Backend;
import dev.holdfast.wire.BackendDrain;
import dev.holdfast.wire.BackendHealth;
import dev.holdfast.wire.Items;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// The backends of a service as lines of a table, each with its share drawn.
@Component
class BackendLines {

    private final Backends backends;
    private final Spread spread;

    BackendLines(Backends backends, Spread spread) {
        this.backends = backends;
        this.spread = spread;
    }

    Items<BackendLine> list(String site, String service, Page page) {
        Items<Backend> found = backends.list(site, service, page, null);
        List<Spread.Portion> portions = spread.of(site, service);
        double largest =
                portions.stream().mapToDouble(p -> Math.max(p.real(), p.owned())).max().orElse(0);
        Map<String, Spread.Portion> byHost =
                portions.stream()
                        .filter(portion -> portion.host() != null)
                        .collect(
                                Collectors.toMap(
                                        portion -> Objects.requireNonNull(portion.host()),
                                        Function.identity()));
        List<BackendLine> lines =
                found.items().stream()
                        .map(backend -> line(backend, byHost.get(backend.host()), largest))
                        .toList();
        return new Items<>(lines, found.next());
    }

    /// One of them, on its own scale.
    BackendLine one(String site, String service, String host) {
        Backend backend = backends.get(site, service, host);
        Spread.Portion portion =
                spread.of(site, service).stream()
                        .filter(p -> host.equals(p.host()))
                        .findFirst()
                        .orElse(null);
        return line(backend, portion, 1);
    }

    private static BackendLine line(
            Backend backend, Spread.@Nullable Portion portion, double largest) {
        return new BackendLine(
                Objects.requireNonNull(backend.host()),
                BackendState.of(backend),
                Objects.requireNonNull(backend.weight()),
                portion == null
                        ? Bar.of(0, 0, 0, 0)
                        : Bar.of(portion.real(), portion.owned(), portion.slots(), largest),
                portion == null ? 0 : portion.owned(),
                Objects.requireNonNull(backend.revision()),
                Objects.requireNonNull(backend.adminState()),
                health(backend),
                drain(backend));
    }

    private static @Nullable String drain(Backend backend) {
        BackendDrain drain = backend.drain();
        if (drain == null) {
            return null;
        }
        return drain.drainedSince() == null
                ? "since %s, until %s at the latest: %s"
                        .formatted(drain.since(), drain.deadline(), drain.why())
                : "drained since %s: %s".formatted(drain.drainedSince(), drain.why());
    }

    private static @Nullable String health(Backend backend) {
        BackendHealth health = backend.health();
        return health == null
                ? null
                : "%s since %s: %s"
                        .formatted(
                                health.state().name().toLowerCase(Locale.ROOT),
                                health.since(),
                                health.why());
    }

    /// One backend.
    ///
    /// @param health what probes found, and why; null while nobody asks
    /// @param drain how its drain stands; null when it does not drain
    /// @param owned share of the table's slots, 0 to 1
    /// @param revision when it last changed
    record BackendLine(
            String host,
            BackendState state,
            int weight,
            Bar bar,
            double owned,
            long revision,
            AdminState wanted,
            @Nullable String health,
            @Nullable String drain) {

        public List<Step> steps() {
            return Step.from(wanted);
        }

        /// Of all slots, in words.
        public String ownedPercent() {
            return Bar.percent(owned);
        }
    }
}
