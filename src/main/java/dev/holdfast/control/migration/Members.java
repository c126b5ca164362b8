package dev.holdfast.control.migration;

import dev.holdfast.control.site.HashedAddress;
import dev.holdfast.wire.Destination;
import dev.holdfast.wire.Encapsulation;
import dev.holdfast.wire.Family;
import dev.holdfast.wire.IpAddress;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// The backends of a service as its table knows them, before any migration.
@Component
class Members {

    private final JdbcClient jdbc;

    Members(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /// In ascending order of their ordinals, with nominal weights.
    List<Destination> of(long serviceId) {
        return jdbc
                .sql(
                        """
                        select h.name, b.ordinal, b.weight, b.serving, site.encapsulation,
                               family(v.address) as vip_family, host(h.address) as address,
                               host(h.tunnel_address4) as tunnel4,
                               host(h.tunnel_address6) as tunnel6
                        from service s
                        join vip v on v.id = s.vip_id
                        join site on site.id = s.site_id
                        join backend b on b.service_id = s.id
                        join host h on h.id = b.host_id
                        where s.id = :service order by b.ordinal
                        """)
                .param("service", serviceId)
                .query((row, _) -> destination(row))
                .list()
                .stream()
                .flatMap(Optional::stream)
                .toList();
    }

    /// The one whose table shares are told of: they differ by port in nothing but whose they are.
    int firstPort(long serviceId) {
        return jdbc.sql("select port from service_port where service_id = ? and position = 0")
                .param(serviceId)
                .query(Integer.class)
                .single();
    }

    private static Optional<Destination> destination(ResultSet row) throws SQLException {
        String name = Objects.requireNonNull(row.getString("name"));
        long ordinal = row.getLong("ordinal");
        int weight = row.getInt("weight");
        boolean serving = row.getBoolean("serving");
        return HashedAddress.of(
                        Encapsulation.Kind.valueOf(
                                Objects.requireNonNull(row.getString("encapsulation"))),
                        row.getInt("vip_family") == 4 ? Family.IPV4 : Family.IPV6,
                        IpAddress.parse(Objects.requireNonNull(row.getString("address"))),
                        Stream.of(
                                        Optional.ofNullable(row.getString("tunnel4")),
                                        Optional.ofNullable(row.getString("tunnel6")))
                                .flatMap(Optional::stream)
                                .map(IpAddress::parse)
                                .toList())
                .map(address -> new Destination(name, ordinal, address, weight, serving));
    }
}
