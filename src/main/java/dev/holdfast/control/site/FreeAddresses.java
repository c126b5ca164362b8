package dev.holdfast.control.site;

import dev.holdfast.wire.Family;
import dev.holdfast.wire.IpAddress;
import dev.holdfast.wire.Prefix;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;

/// Finds the lowest address of a site's ranges that no row of one column has.
///
/// Never given out, though it may be asked for by name: the first address of a range, which is the
/// network's (IPv4) or any router's (IPv6), and the last of an IPv4 range, which is the broadcast.
/// Ranges of one or two addresses are given out whole (RFC 3021, RFC 6164).
public final class FreeAddresses {

    private final JdbcClient jdbc;
    private final String sql;

    /// @param table one with a `site_id`
    /// @param column of type `inet`, unique within the site
    public FreeAddresses(JdbcClient jdbc, String table, String column) {
        this.jdbc = jdbc;
        this.sql =
                """
                select host(candidate) from (
                    select cast(:first as inet) as candidate
                    union all
                    select %2$s + 1 from %1$s
                    where site_id = :site and %2$s >= cast(:first as inet) and %2$s < cast(:last as inet)
                ) c
                where not exists (
                    select from %1$s where site_id = :site and %2$s = candidate)
                order by candidate limit 1
                """
                        .formatted(table, column);
    }

    /// To be called under the site's lock, when everything written before was flushed.
    ///
    /// @param ranges tried in this order
    public Optional<IpAddress> lowest(long siteId, List<Prefix> ranges) {
        return ranges.stream().flatMap(range -> lowest(siteId, range).stream()).findFirst();
    }

    private Optional<IpAddress> lowest(long siteId, Prefix range) {
        return jdbc.sql(sql)
                .param("site", siteId)
                .param("first", first(range).toString())
                .param("last", last(range).toString())
                .query(String.class)
                .optional()
                .map(IpAddress::parse);
    }

    static IpAddress first(Prefix range) {
        return range.size() <= 2 ? range.address() : range.address().plus(1);
    }

    static IpAddress last(Prefix range) {
        // Nobody fills more than 2^62 addresses.
        IpAddress last = range.address().plus(Math.min(range.size(), 1L << 62) - 1);
        return range.size() <= 2 || range.family() == Family.IPV6 ? last : last.plus(-1);
    }
}
