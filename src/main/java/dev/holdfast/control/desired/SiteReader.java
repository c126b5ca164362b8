package dev.holdfast.control.desired;

import dev.holdfast.control.database.SnapshotDatabase;
import dev.holdfast.control.revision.Kind;
import dev.holdfast.control.site.Encapsulations;
import dev.holdfast.wire.Encapsulation;
import dev.holdfast.wire.HostAddress;
import dev.holdfast.wire.NodePart;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// Reads what is newer than a view, in one snapshot of the database.
@Component
class SiteReader {

    private final SnapshotDatabase database;
    private final ServiceReader services;
    private final ChosenTables tables;
    private final Pieces pieces;

    SiteReader(
            SnapshotDatabase database, ServiceReader services, ChosenTables tables, Pieces pieces) {
        this.database = database;
        this.services = services;
        this.tables = tables;
        this.pieces = pieces;
    }

    /// The counters of all sites.
    List<Head> heads() {
        return database.read(jdbc ->
                jdbc.sql("select id, site, epoch, revision from lineage")
                        .query((row, _) -> head(new Row(row)))
                        .list());
    }

    /// All of a site; empty when there is no such site.
    Optional<Rows> read(String site) {
        return database.read(jdbc -> find(jdbc, site).map(head -> since(jdbc, head, 0)));
    }

    /// What changed since a view, or all of the site when that is not of the same epoch.
    Optional<Rows> read(SiteView known) {
        return database.read(jdbc ->
                find(jdbc, known.head().site())
                        .map(head ->
                                since(jdbc, head, continues(known, head) ? known.revision() : 0)));
    }

    /// What a transaction that is still open has changed since a view.
    ///
    /// @param jdbc of that transaction
    /// @param next the view's, with the revision that the transaction is about to make
    Rows within(JdbcClient jdbc, SiteView known, Head next) {
        return since(jdbc, next, known.revision());
    }

    /// Whether a view can be brought up to `head` by what changed since.
    static boolean continues(SiteView known, Head head) {
        return known.head().id() == head.id()
                && known.head().epoch().equals(head.epoch())
                && known.revision() <= head.revision();
    }

    private static Optional<Head> find(JdbcClient jdbc, String site) {
        return jdbc.sql("select id, site, epoch, revision from lineage where site = :site")
                .param("site", site)
                .query((row, _) -> head(new Row(row)))
                .optional();
    }

    private static Head head(Row row) throws SQLException {
        return new Head(
                row.number("id"), row.text("site"), row.uuid("epoch"), row.number("revision"));
    }

    private Rows since(JdbcClient jdbc, Head head, long after) {
        if (after == head.revision()) {
            return new Rows(
                    head, after, null, List.of(), List.of(), List.of(), Map.of(), List.of(),
                    List.of());
        }
        long oldest = after == 0 ? oldest(jdbc, head) : after;
        Scope scope = new Scope(jdbc, head.id(), after);
        Newer newer = Newer.than(scope);
        ServiceReader.Found found =
                newer.services()
                        ? services.read(scope)
                        : new ServiceReader.Found(List.of(), List.of());
        List<Rows.Gone> gone =
                newer.gone() || after == 0 ? gone(new Scope(jdbc, head.id(), oldest)) : List.of();
        List<Known<SitePart>> site = newer.site() ? site(scope) : List.of();
        return new Rows(
                head,
                oldest,
                site.isEmpty() ? null : site.getFirst(),
                newer.nodes() ? nodes(scope) : List.of(),
                newer.hosts() ? hosts(scope) : List.of(),
                found.here(),
                newer.services() ? tables.read(scope) : Map.of(),
                Stream.concat(gone.stream(), found.away().stream()).toList(),
                newer.meant() ? meant(scope) : List.of());
    }

    /// Which kinds of rows there are that are newer than a revision. Most changes touch one kind:
    /// one question more saves as many as there are others.
    private record Newer(
            boolean site,
            boolean nodes,
            boolean hosts,
            boolean services,
            boolean gone,
            boolean meant) {

        static Newer than(Scope scope) {
            return scope.query(
                            """
                            select
                              exists (select from site where id = :site and revision > :after)
                                as site,
                              exists (select from node where site_id = :site and revision > :after)
                                as nodes,
                              exists (select from host where site_id = :site and revision > :after)
                                as hosts,
                              exists (
                                select from service
                                where site_id = :site and state_revision > :after) as services,
                              exists (
                                select from change
                                where site_id = :site and revision > :after
                                  and document is null) as gone,
                              exists (
                                select from revision
                                where site_id = :site and number > :after and meant) as meant
                            """,
                            row ->
                                    new Newer(
                                            row.flag("site"),
                                            row.flag("nodes"),
                                            row.flag("hosts"),
                                            row.flag("services"),
                                            row.flag("gone"),
                                            row.flag("meant")))
                    .getFirst();
        }
    }

    /// How far back it is known what went: as far as the history goes, within bounds.
    private static long oldest(JdbcClient jdbc, Head head) {
        long history =
                jdbc.sql(
                                """
                                select coalesce(min(number), 1) - 1
                                from revision where site_id = :site
                                """)
                        .param("site", head.id())
                        .query(Long.class)
                        .single();
        return Math.max(history, head.revision() - Trail.MEMORY);
    }

    private List<Known<SitePart>> site(Scope scope) {
        return scope.query(
                """
                select vip_ranges, encapsulation, encapsulation_port, accepts, underlay_mtu,
                       cliff_percent, revision
                from site where id = :site and revision > :after
                """,
                row ->
                        pieces.site(
                                new SitePart(
                                        new Encapsulation(
                                                row.oneOf(
                                                        Encapsulation.Kind.class, "encapsulation"),
                                                row.findInteger("encapsulation_port")),
                                        Encapsulations.parse(row.texts("accepts")),
                                        Objects.requireNonNull(row.findPrefixes("vip_ranges")),
                                        Math.toIntExact(row.number("underlay_mtu")),
                                        Math.toIntExact(row.number("cliff_percent"))),
                                row.number("revision")));
    }

    private List<Known<NodePart>> nodes(Scope scope) {
        return scope.query(
                """
                select name, host(address) as address, revision,
                       maintenance_reason is not null as maintenance
                from node where site_id = :site and revision > :after
                """,
                row ->
                        pieces.node(
                                new NodePart(
                                        row.text("name"),
                                        row.address("address"),
                                        row.flag("maintenance"),
                                        null,
                                        null),
                                row.number("revision")));
    }

    private List<Known<HostAddress>> hosts(Scope scope) {
        return scope.query(
                """
                select name, host(address) as address, revision,
                       host(tunnel_address4) as tunnel4, host(tunnel_address6) as tunnel6
                from host where site_id = :site and revision > :after
                """,
                row ->
                        pieces.host(
                                new HostAddress(
                                        row.text("name"), row.address("address"), row.tunnels()),
                                row.number("revision")));
    }

    private static List<Rows.Gone> gone(Scope scope) {
        return scope.query(
                """
                select kind, name, revision
                from change
                where site_id = :site and revision > :after and document is null
                  and kind in ('NODE', 'HOST', 'SERVICE')
                order by revision
                """,
                row ->
                        new Rows.Gone(
                                new Key(row.oneOf(Kind.class, "kind"), row.text("name")),
                                row.number("revision")));
    }

    private static List<Long> meant(Scope scope) {
        return scope.query(
                "select number from revision where site_id = :site and number > :after and meant",
                row -> row.number("number"));
    }
}
