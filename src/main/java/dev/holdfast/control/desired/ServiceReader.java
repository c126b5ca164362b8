package dev.holdfast.control.desired;

import dev.holdfast.control.migration.Course;
import dev.holdfast.control.revision.Kind;
import dev.holdfast.control.site.HashedAddress;
import dev.holdfast.wire.Affinity;
import dev.holdfast.wire.Destination;
import dev.holdfast.wire.Encapsulation;
import dev.holdfast.wire.Family;
import dev.holdfast.wire.HealthCheck;
import dev.holdfast.wire.IpAddress;
import dev.holdfast.wire.LegacyDestination;
import dev.holdfast.wire.MigrationStage;
import dev.holdfast.wire.Protocol;
import dev.holdfast.wire.ServicePort;
import dev.holdfast.wire.ServiceState;
import dev.holdfast.wire.VipAddress;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/// Reads services with all that a load balancer programs of them.
@Component
class ServiceReader {

    private record Ported(long service, ServicePort port) {}

    /// @param away those of which nothing is here
    record Found(List<Known<ServiceState>> here, List<Rows.Gone> away) {}

    private record Read(Known<ServiceState> service, Course course) {

        Rows.Gone away() {
            return new Rows.Gone(new Key(Kind.SERVICE, service.name()), service.revision());
        }
    }

    private record Placed(long service, Destination destination) {}

    private static final TypeReference<List<LegacyDestination>> LEGACY = new TypeReference<>() {};

    private final Pieces pieces;
    private final JsonMapper json;

    ServiceReader(Pieces pieces, JsonMapper json) {
        this.pieces = pieces;
        this.json = json;
    }

    Found read(Scope scope) {
        Map<Long, List<ServicePort>> ports = group(ports(scope), Ported::service, Ported::port);
        Map<Long, List<Destination>> destinations =
                group(destinations(scope), Placed::service, Placed::destination);
        List<Read> all =
                scope.query(
                        """
                        select s.id, s.name, s.affinity, s.allowed_sources, s.health_check,
                               s.state_revision, v.name as vip, host(v.address) as vip_address,
                               m.stage, m.legacy, m.backend_weight, m.forwards
                        from service s
                        join vip v on v.id = s.vip_id
                        left join migration m on m.service_id = s.id
                        where s.site_id = :site and s.state_revision > :after
                        """,
                        row ->
                                service(
                                        row,
                                        ports.getOrDefault(row.number("id"), List.of()),
                                        destinations.getOrDefault(row.number("id"), List.of())));
        return new Found(
                all.stream().filter(one -> one.course().isHere()).map(Read::service).toList(),
                all.stream().filter(one -> !one.course().isHere()).map(Read::away).toList());
    }

    private Read service(Row row, List<ServicePort> ports, List<Destination> backends)
            throws SQLException {
        Course course = course(row);
        ServiceState state =
                new ServiceState(
                        row.text("name"),
                        new VipAddress(row.text("vip"), row.address("vip_address")),
                        ports,
                        row.oneOf(Affinity.class, "affinity"),
                        row.findPrefixes("allowed_sources"),
                        healthCheck(row.findText("health_check")),
                        course.announces(),
                        course.destinations(backends));
        return new Read(pieces.service(state, row.number("state_revision")), course);
    }

    private Course course(Row row) throws SQLException {
        return row.findText("stage") == null
                ? Course.NONE
                : new Course(
                        row.oneOf(MigrationStage.class, "stage"),
                        json.readValue(row.text("legacy"), LEGACY),
                        row.findInteger("backend_weight"),
                        row.flag("forwards"));
    }

    private static List<Ported> ports(Scope scope) {
        return scope.query(
                """
                select p.service_id, p.protocol, p.port
                from service_port p join service s on s.id = p.service_id
                where s.site_id = :site and s.state_revision > :after
                order by p.position
                """,
                row ->
                        new Ported(
                                row.number("service_id"),
                                new ServicePort(
                                        row.oneOf(Protocol.class, "protocol"),
                                        (int) row.number("port"))));
    }

    /// SAME-TABLE: in ascending order of their ordinals. A host that the table cannot reach, with
    /// no tunnel address of the VIP's family, is left out.
    private static List<Placed> destinations(Scope scope) {
        return scope
                .query(
                        """
                        select b.service_id, h.name, b.ordinal, b.weight, b.serving,
                               b.admin_state = 'DISABLED' as cut,
                               site.encapsulation, family(v.address) as vip_family,
                               host(h.address) as address,
                               host(h.tunnel_address4) as tunnel4,
                               host(h.tunnel_address6) as tunnel6
                        from service s
                        join vip v on v.id = s.vip_id
                        join site on site.id = s.site_id
                        join backend b on b.service_id = s.id
                        join host h on h.id = b.host_id
                        where s.site_id = :site and s.state_revision > :after
                        order by b.ordinal
                        """,
                        ServiceReader::placed)
                .stream()
                .flatMap(Optional::stream)
                .toList();
    }

    private static Optional<Placed> placed(Row row) throws SQLException {
        Optional<IpAddress> address =
                HashedAddress.of(
                        row.oneOf(Encapsulation.Kind.class, "encapsulation"),
                        row.number("vip_family") == 4 ? Family.IPV4 : Family.IPV6,
                        row.address("address"),
                        row.tunnels());
        if (address.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(
                new Placed(
                        row.number("service_id"),
                        new Destination(
                                row.text("name"),
                                row.number("ordinal"),
                                address.get(),
                                (int) row.number("weight"),
                                row.flag("serving"),
                                row.flag("cut") ? true : null)));
    }

    private @Nullable HealthCheck healthCheck(@Nullable String document) {
        return document == null ? null : json.readValue(document, HealthCheck.class);
    }

    private static <R, T> Map<Long, List<T>> group(
            List<R> rows, Function<R, Long> service, Function<R, T> value) {
        return rows.stream()
                .collect(
                        Collectors.groupingBy(
                                service,
                                HashMap::new,
                                Collectors.mapping(value, Collectors.toList())));
    }
}
