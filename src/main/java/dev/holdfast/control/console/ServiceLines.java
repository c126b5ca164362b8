package dev.holdfast.control.console;

import dev.holdfast.control.address.Vips;
import dev.holdfast.control.service.Backends;
import dev.holdfast.control.service.Services;
import dev.holdfast.control.web.Page;
import dev.holdfast.wire.Backend;
import dev.holdfast.wire.Items;
import dev.holdfast.wire.Service;
import dev.holdfast.wire.ServicePort;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// Services as lines of a table.
@Component
class ServiceLines {

    private static final int BACKENDS_COUNTED = 1000;

    private final Services services;
    private final Backends backends;
    private final Vips vips;

    ServiceLines(Services services, Backends backends, Vips vips) {
        this.services = services;
        this.backends = backends;
        this.vips = vips;
    }

    Items<ServiceLine> list(String site, Page page) {
        Items<Service> found = services.list(site, page, null, null);
        List<ServiceLine> lines =
                found.items().stream().map(service -> line(site, service)).toList();
        return new Items<>(lines, found.next());
    }

    ServiceLine one(String site, String name) {
        return line(site, services.get(site, name));
    }

    private ServiceLine line(String site, Service service) {
        String name = Objects.requireNonNull(service.name());
        String vip = Objects.requireNonNull(service.vip());
        Items<Backend> members = backends.list(site, name, new Page("", BACKENDS_COUNTED), null);
        String address = String.valueOf(vips.get(site, vip).address());
        return new ServiceLine(
                name,
                vip,
                address,
                ports(service),
                service.owner(),
                tone(members.items()),
                counts(members));
    }

    static String ports(Service service) {
        return Objects.requireNonNull(service.ports()).stream()
                .map(ServiceLines::port)
                .collect(Collectors.joining(", "));
    }

    static String port(ServicePort port) {
        return port.protocol() + " " + port.port();
    }

    private static Tone tone(List<Backend> backends) {
        if (backends.isEmpty()) {
            return Tone.UNKNOWN;
        }
        boolean anyServes = backends.stream().anyMatch(b -> Boolean.TRUE.equals(b.serving()));
        return anyServes ? Tone.GOOD : Tone.BAD;
    }

    /// Such as `8 serving, 1 draining`.
    private static String counts(Items<Backend> backends) {
        if (backends.items().isEmpty()) {
            return "no backends";
        }
        List<String> parts = new ArrayList<>();
        backends.items().stream()
                .collect(
                        Collectors.groupingBy(
                                backend -> BackendState.of(backend).word(),
                                TreeMap::new,
                                Collectors.counting()))
                .descendingMap()
                .forEach((word, count) -> parts.add(count + " " + word));
        return String.join(", ", parts) + (backends.next() == null ? "" : " and more");
    }

    /// One service.
    ///
    /// @param tone BAD when it has backends and none of them serves
    /// @param backends how many are in what state
    record ServiceLine(
            String name,
            String vip,
            String address,
            String ports,
            @Nullable String owner,
            Tone tone,
            String backends) {}
}
