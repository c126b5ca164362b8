package dev.holdfast.control.service;

import dev.holdfast.control.revision.Edit;
import dev.holdfast.control.site.Sites;
import dev.holdfast.wire.Encapsulation;
import dev.holdfast.wire.Family;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// Knows what the packets of a site's services travel over.
@Component
class Underlay {

    private final Sites sites;
    private final JdbcClient jdbc;

    Underlay(Sites sites, JdbcClient jdbc) {
        this.sites = sites;
        this.jdbc = jdbc;
    }

    /// As the edit has left it so far.
    Reach reach(Edit edit) {
        Encapsulation.Kind kind = sites.settings(edit).kind();
        return new Reach(kind, kind == Encapsulation.Kind.FOU ? nodes(edit.siteId()) : Map.of());
    }

    private Map<Family, String> nodes(long siteId) {
        Map<Family, String> nodes = new EnumMap<>(Family.class);
        jdbc.sql(
                        """
                        select family(address) as family, min(name) as name from node
                        where site_id = :site group by family(address)
                        """)
                .param("site", siteId)
                .query((row, _) ->
                        nodes.put(
                                row.getInt("family") == 4 ? Family.IPV4 : Family.IPV6,
                                Objects.requireNonNull(row.getString("name"))))
                .list();
        return nodes;
    }
}
