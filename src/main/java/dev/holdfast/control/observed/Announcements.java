package dev.holdfast.control.observed;

import dev.holdfast.control.revision.Lineage;
import dev.holdfast.wire.Failure;
import dev.holdfast.wire.Report;
import dev.holdfast.wire.Vip;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/// Reads which load balancers announce which VIPs, as their agents last said.
@Component
public class Announcements {

    private static final TypeReference<List<Report.Announced>> TOLD = new TypeReference<>() {};
    private static final TypeReference<List<Report.Withheld>> WITHHELD = new TypeReference<>() {};

    private final JdbcClient jdbc;
    private final JsonMapper json;

    Announcements(JdbcClient jdbc, JsonMapper json) {
        this.jdbc = jdbc;
        this.json = json;
    }

    /// Every load balancer of a site, in the order of their names.
    public List<Announcing> nodes(long siteId, String epoch) {
        return jdbc.sql(
                        """
                        select n.name, n.maintenance_reason, r.heard_at, r.announced, r.announces,
                               case when coalesce(r.epoch, :epoch) = :epoch
                                    then r.applied_revision end as applied,
                               coalesce(r.heard_at < now() - make_interval(secs => :silence),
                                        false) as lost,
                               floor(extract(epoch from now() - r.withdrawn_at))::bigint
                                   as withdrawn_for,
                               (select f ->> 'operation' || ': ' || (f ->> 'error')
                                from jsonb_array_elements(r.failures) with ordinality as a (f, nr)
                                where f ->> 'resource' = :bird order by nr limit 1) as unproven
                        from node n left join report r on r.node_id = n.id
                        where n.site_id = :site order by n.name
                        """)
                .param("site", siteId)
                .param("epoch", epoch)
                .param("bird", Failure.BIRD)
                .param("silence", HeardReader.LONGEST_SILENCE.toSeconds())
                .query((row, _) -> announcing(row))
                .list();
    }

    /// How every load balancer of a site stands to one VIP, in the order of their names.
    public List<Vip.Announcement> of(Lineage site, String vip) {
        return jdbc.sql(
                        """
                        select n.name, n.maintenance_reason, r.heard_at, r.applied_revision,
                               coalesce(r.heard_at < now() - make_interval(secs => :silence),
                                        false) as lost,
                               (select string_agg(a ->> 'session', ', ' order by a ->> 'session')
                                from jsonb_array_elements(r.announced) a
                                where a ->> 'vip' = :vip) as sessions,
                               (select jsonb_agg(w) from jsonb_array_elements(r.withheld) w
                                where w ->> 'vip' = :vip or not jsonb_exists(w, 'vip')) as withheld
                        from node n left join report r on r.node_id = n.id
                        where n.site_id = :site order by n.name
                        """)
                .param("site", site.id())
                .param("vip", vip)
                .param("silence", HeardReader.LONGEST_SILENCE.toSeconds())
                .query((row, _) -> announcement(row, site.revision()))
                .list();
    }

    private Vip.Announcement announcement(ResultSet row, long current) throws SQLException {
        String sessions = row.getString("sessions");
        return new Vip.Announcement(
                Objects.requireNonNull(row.getString("name")),
                sessions != null,
                sessions,
                why(row, sessions != null, current));
    }

    private @Nullable String why(ResultSet row, boolean announced, long current)
            throws SQLException {
        Timestamp heardAt = row.getTimestamp("heard_at");
        String reason = row.getString("maintenance_reason");
        if (heardAt == null) {
            return "its agent was never heard from";
        }
        if (row.getBoolean("lost")) {
            return "lost: this is what it said before it fell silent at " + heardAt.toInstant();
        }
        if (reason != null) {
            return (announced ? "about to be withdrawn for maintenance: " : "in maintenance: ")
                    + reason;
        }
        if (announced) {
            return null;
        }
        String withheld = row.getString("withheld");
        if (withheld != null) {
            return json.readValue(withheld, WITHHELD).stream()
                    .map(Report.Withheld::why)
                    .collect(Collectors.joining("; "));
        }
        Long applied = row.getObject("applied_revision", Long.class);
        return applied == null || applied < current
                ? "it has not applied revision %d yet".formatted(current)
                : "no service of it is to be carried from here";
    }

    private Announcing announcing(ResultSet row) throws SQLException {
        Timestamp heardAt = row.getTimestamp("heard_at");
        return new Announcing(
                Objects.requireNonNull(row.getString("name")),
                row.getString("maintenance_reason") != null,
                heardAt == null ? null : heardAt.toInstant(),
                row.getBoolean("lost"),
                row.getObject("applied", Long.class),
                vips(row.getString("announced")),
                row.getObject("announces", Boolean.class),
                row.getObject("withdrawn_for", Long.class),
                row.getString("unproven"));
    }

    private Set<String> vips(@Nullable String announced) {
        return announced == null
                ? Set.of()
                : json.readValue(announced, TOLD).stream()
                        .map(Report.Announced::vip)
                        .collect(Collectors.toSet());
    }
}
