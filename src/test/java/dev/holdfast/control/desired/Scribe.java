package dev.holdfast.control.desired;

import dev.holdfast.control.revision.Edit;
import dev.holdfast.control.revision.Kind;
import dev.holdfast.control.revision.Revisions;
import dev.holdfast.control.revision.WriteConditions;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;

/// Writes a site's tables through the one door, several resources in one revision.
///
/// @param site must exist
record Scribe(Revisions revisions, JdbcClient jdbc, String site) {

    /// What a revision does.
    @FunctionalInterface
    interface Work {
        void in(Page page);
    }

    /// @return the revision
    long write(Work work) {
        return write(WriteConditions.NONE, work);
    }

    long writeMeant(Work work) {
        return write(new WriteConditions(null, false, false, true), work);
    }

    private long write(WriteConditions conditions, Work work) {
        return revisions.advance(
                site,
                conditions,
                edit -> {
                    work.in(new Page(edit, jdbc));
                    return edit.next();
                });
    }

    /// One revision, while it is written.
    record Page(Edit edit, JdbcClient jdbc) {

        Page node(String name, String address) {
            put(
                    """
                    insert into node (site_id, name, address, revision)
                    values (:site, :name, :address::inet, :revision)
                    on conflict (site_id, name) do update
                    set address = excluded.address, revision = excluded.revision
                    """,
                    Map.of("name", name, "address", address));
            edit.changed(Kind.NODE, name, Map.of("name", name, "address", address));
            return this;
        }

        Page host(String name, String address, String tunnel) {
            put(
                    """
                    insert into host (site_id, name, address, tunnel_address4, revision)
                    values (:site, :name, :address::inet, :tunnel::inet, :revision)
                    on conflict (site_id, name) do update
                    set address = excluded.address, revision = excluded.revision
                    """,
                    Map.of("name", name, "address", address, "tunnel", tunnel));
            put(
                    """
                    update service set state_revision = :revision where id in (
                        select b.service_id from backend b join host h on h.id = b.host_id
                        where h.site_id = :site and h.name = :name)
                    """,
                    Map.of("name", name));
            edit.changed(Kind.HOST, name, Map.of("name", name, "address", address));
            return this;
        }

        Page vip(String name, String address) {
            put(
                    """
                    insert into vip (site_id, name, address, revision)
                    values (:site, :name, :address::inet, :revision)
                    on conflict (site_id, name) do update
                    set address = excluded.address, revision = excluded.revision
                    """,
                    Map.of("name", name, "address", address));
            put(
                    """
                    update service set state_revision = :revision where vip_id in (
                        select id from vip where site_id = :site and name = :name)
                    """,
                    Map.of("name", name));
            edit.changed(Kind.VIP, name, Map.of("name", name, "address", address));
            return this;
        }

        Page service(String name, String vip, int port) {
            Map<String, Object> given = Map.of("name", name, "vip", vip, "port", port);
            put(
                    """
                    insert into service (site_id, name, vip_id, affinity, revision, state_revision)
                    select :site, :name, v.id, 'CONNECTION', :revision, :revision
                    from vip v where v.site_id = :site and v.name = :vip
                    on conflict (site_id, name) do update
                    set vip_id = excluded.vip_id, revision = :revision, state_revision = :revision
                    """,
                    given);
            put(
                    """
                    delete from service_port where service_id in (
                        select id from service where site_id = :site and name = :name)
                    """,
                    given);
            put(
                    """
                    insert into service_port (service_id, position, vip_id, protocol, port)
                    select id, 0, vip_id, 'TCP', :port from service
                    where site_id = :site and name = :name
                    """,
                    given);
            edit.changed(Kind.SERVICE, name, given);
            return this;
        }

        Page backend(String service, String host, int weight, String adminState) {
            put(
                    """
                    insert into backend
                        (site_id, service_id, host_id, weight, admin_state, ordinal, revision)
                    select :site, s.id, h.id, :weight, :state, :ordinal, :revision
                    from service s join host h on h.site_id = s.site_id
                    where s.site_id = :site and s.name = :service and h.name = :host
                    on conflict (service_id, host_id) do update
                    set weight = :weight, admin_state = :state, revision = :revision
                    """,
                    Map.of(
                            "service", service,
                            "host", host,
                            "weight", weight,
                            "state", adminState,
                            "ordinal", edit.takeOrdinal()));
            touch(service);
            edit.changed(Kind.BACKEND, service + "/" + host, Map.of("weight", weight));
            return this;
        }

        Page withoutBackend(String service, String host) {
            put(
                    """
                    delete from backend where service_id in (
                        select id from service where site_id = :site and name = :service)
                    and host_id in (select id from host where site_id = :site and name = :host)
                    """,
                    Map.of("service", service, "host", host));
            touch(service);
            edit.removed(Kind.BACKEND, service + "/" + host);
            return this;
        }

        Page without(Kind kind, String name) {
            put(
                    "delete from " + kind.word() + " where site_id = :site and name = :name",
                    Map.of("name", name));
            edit.removed(kind, name);
            return this;
        }

        private void touch(String service) {
            put(
                    """
                    update service set state_revision = :revision
                    where site_id = :site and name = :service
                    """,
                    Map.of("service", service));
        }

        private void put(String sql, Map<String, ?> given) {
            JdbcClient.StatementSpec statement = jdbc.sql(sql);
            statement.param("site", edit.siteId()).param("revision", edit.next());
            given.forEach(statement::param);
            statement.update();
        }
    }
}
