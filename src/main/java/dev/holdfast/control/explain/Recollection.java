package dev.holdfast.control.explain;

import dev.holdfast.control.migration.Course;
import dev.holdfast.control.problem.Refusal;
import dev.holdfast.control.revision.Kind;
import dev.holdfast.control.site.HashedAddress;
import dev.holdfast.wire.AdminState;
import dev.holdfast.wire.Backend;
import dev.holdfast.wire.Destination;
import dev.holdfast.wire.Encapsulation;
import dev.holdfast.wire.Host;
import dev.holdfast.wire.IpAddress;
import dev.holdfast.wire.Migration;
import dev.holdfast.wire.Service;
import dev.holdfast.wire.Site;
import dev.holdfast.wire.Vip;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/// Puts a service together as it was at a revision, from the log of changes.
@Component
class Recollection {

    private final JdbcClient jdbc;
    private final JsonMapper json;

    Recollection(JdbcClient jdbc, JsonMapper json) {
        this.jdbc = jdbc;
        // What an older version wrote may have fields that are no more.
        this.json =
                json.rebuild().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES).build();
    }

    /// @throws Refusal (404) when there was no such service then
    ServiceThen service(long siteId, String siteName, String name, long revision) {
        Moment then = new Moment(siteId, revision);
        Service service =
                read(then, Kind.SERVICE, name, Service.class)
                        .orElseThrow(() ->
                                Refusal.notFound("service " + name + " at revision " + revision));
        Site site = require(then, Kind.SITE, siteName, Site.class);
        Vip vip = require(then, Kind.VIP, Objects.requireNonNull(service.vip()), Vip.class);
        IpAddress address = Objects.requireNonNull(vip.address());
        Encapsulation.Kind kind =
                Objects.requireNonNull(Objects.requireNonNull(site.encapsulation()).kind());
        List<Destination> backends = new ArrayList<>();
        for (Backend backend : backends(then, name)) {
            String hostName = Objects.requireNonNull(backend.host());
            Host host = require(then, Kind.HOST, hostName, Host.class);
            HashedAddress.of(
                            kind,
                            address.family(),
                            Objects.requireNonNull(host.address()),
                            Objects.requireNonNullElse(host.tunnelAddresses(), List.of()))
                    .ifPresent(hashed -> backends.add(destination(backend, hostName, hashed)));
        }
        backends.sort(Comparator.comparingLong(Destination::ordinal));
        Course course =
                read(then, Kind.MIGRATION, name, Migration.class)
                        .map(Course::of)
                        .orElse(Course.NONE);
        return new ServiceThen(service, address, course, course.destinations(backends));
    }

    private static Destination destination(Backend backend, String host, IpAddress hashed) {
        return new Destination(
                host,
                Objects.requireNonNull(backend.ordinal()),
                hashed,
                Objects.requireNonNull(backend.weight()),
                serving(backend));
    }

    /// A document without the field is from before backends had any health.
    private static boolean serving(Backend backend) {
        return Objects.requireNonNullElseGet(
                backend.serving(), () -> backend.adminState() == AdminState.ENABLED);
    }

    private List<Backend> backends(Moment then, String service) {
        return jdbc
                .sql(
                        """
                        select document from (
                            select distinct on (name) document from change
                            where site_id = :site and kind = 'BACKEND' and revision <= :revision
                                and name >= :from and name < :to
                            order by name, revision desc) latest
                        where document is not null
                        """)
                .param("site", then.siteId())
                .param("revision", then.revision())
                .param("from", service + "/")
                .param("to", service + "0") // the character after the slash
                .query((row, _) -> Objects.requireNonNull(row.getString("document")))
                .list()
                .stream()
                .map(document -> json.readValue(document, Backend.class))
                .toList();
    }

    private <T> T require(Moment then, Kind kind, String name, Class<T> type) {
        return read(then, kind, name, type)
                .orElseThrow(() ->
                        Refusal.notFound(
                                "%s %s at revision %d: history does not reach that far"
                                        .formatted(kind.word(), name, then.revision())));
    }

    private <T> Optional<T> read(Moment then, Kind kind, String name, Class<T> type) {
        return jdbc
                .sql(
                        """
                        select document from change
                        where site_id = :site and kind = :kind and name = :name
                            and revision <= :revision
                        order by revision desc limit 1
                        """)
                .param("site", then.siteId())
                .param("kind", kind.name())
                .param("name", name)
                .param("revision", then.revision())
                .query((row, _) -> Optional.ofNullable(row.getString("document")))
                .list()
                .stream()
                .flatMap(Optional::stream)
                .findFirst()
                .map(document -> json.readValue(document, type));
    }

    private record Moment(long siteId, long revision) {}
}
