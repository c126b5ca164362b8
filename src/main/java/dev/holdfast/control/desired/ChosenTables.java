package dev.holdfast.control.desired;

import dev.holdfast.control.revision.Edit;
import dev.holdfast.control.revision.Witness;
import dev.holdfast.control.revision.WriteConditions;
import dev.holdfast.wire.Affinity;
import dev.holdfast.wire.Destination;
import dev.holdfast.wire.ServiceState;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/// Remembers the last tables of each service, so that backend hosts can ask those from before a
/// change where a connection belongs.
///
/// Each is remembered once, as the last time it was: a backend that fails and comes back, again and
/// again, is two tables, and pushes no other out.
///
/// Only where second chance works: GUE, which packets can be sent on in as they came. And only
/// where it is on: whoever switches it on begins without a history, as its hosts do not know yet
/// which connections are their own, and would ask the earlier table where those belong.
@Component
class ChosenTables implements Witness {

    /// The present one, and those that two hops choose from. More would cost more to tell apart
    /// than it saves: see `docs/concepts/second-chance.md`.
    static final int MEMORY = 6;

    private static final String WHERE_IT_WORKS =
            """
            from service s
            join site on site.id = s.site_id and site.encapsulation = 'GUE'
            """;

    /// @param gone hosts whose connections have ended or are to end
    /// @param down hosts that are found down
    /// @param udp whether flows of UDP are sent on
    private record Named(
            String service, ChosenTable table, Set<String> gone, Set<String> down, boolean udp) {}

    private final JdbcClient jdbc;
    private final ServiceReader services;
    private final JsonMapper json;

    ChosenTables(JdbcClient jdbc, ServiceReader services, JsonMapper json) {
        this.jdbc = jdbc;
        this.services = services;
        this.json = json;
    }

    @Override
    public void saw(Edit edit, WriteConditions conditions) {
        if (edit.result() == edit.current()) {
            return;
        }
        Scope changed = new Scope(jdbc, edit.siteId(), edit.current());
        List<Known<ServiceState>> states = services.read(changed).here();
        if (states.isEmpty()) {
            return;
        }
        forget(edit);
        Map<String, List<Named>> before = byService(changed);
        for (Known<ServiceState> state : states) {
            ChosenTable now =
                    new ChosenTable(
                            state.value().affinity(),
                            state.value().destinations().stream().map(Destination::uncut).toList());
            List<Named> known = before.getOrDefault(state.name(), List.of());
            if (known.isEmpty() || !known.getFirst().table().equals(now)) {
                add(edit, state.name(), now);
            }
        }
    }

    private void forget(Edit edit) {
        jdbc.sql(
                        """
                        delete from chosen_table t using service s
                        where s.id = t.service_id and s.site_id = :site
                            and s.state_revision > :current and not s.second_chance
                        """)
                .param("site", edit.siteId())
                .param("current", edit.current())
                .update();
    }

    private void add(Edit edit, String service, ChosenTable table) {
        String destinations = json.writeValueAsString(table.destinations());
        jdbc.sql(
                        """
                        delete from chosen_table where affinity = :affinity
                            and destinations = :destinations::jsonb
                            and service_id in (
                              select id from service where site_id = :site and name = :service)
                        """)
                .param("affinity", table.affinity().name())
                .param("destinations", destinations)
                .param("site", edit.siteId())
                .param("service", service)
                .update();
        jdbc.sql(
                        """
                        insert into chosen_table (service_id, revision, affinity, destinations)
                        select s.id, :revision, :affinity, :destinations::jsonb
                        """
                                + WHERE_IT_WORKS
                                + "where s.site_id = :site and s.name = :service and s.second_chance")
                .param("revision", edit.next())
                .param("affinity", table.affinity().name())
                .param("destinations", destinations)
                .param("site", edit.siteId())
                .param("service", service)
                .update();
        jdbc.sql(
                        """
                        delete from chosen_table where (service_id, revision) in (
                          select t.service_id, t.revision
                          from chosen_table t join service s on s.id = t.service_id
                          where s.site_id = :site and s.name = :service
                          order by t.revision desc offset :memory)
                        """)
                .param("site", edit.siteId())
                .param("service", service)
                .param("memory", MEMORY)
                .update();
    }

    /// By service, of services that changed. A host that is a backend no more, or was disabled,
    /// serves in none of their tables: its connections are to be cut, also where another host
    /// remembers to send them on to it.
    Map<String, Chances> read(Scope scope) {
        Map<String, Chances> chances = new HashMap<>();
        byService(scope)
                .forEach((service, tables) -> {
                    Named newest = tables.getFirst();
                    chances.put(
                            service,
                            new Chances(
                                    tables.stream()
                                            .map(one -> one.table().without(one.gone()))
                                            .toList(),
                                    newest.udp() ? newest.down() : null));
                });
        return chances;
    }

    /// Newest first.
    private Map<String, List<Named>> byService(Scope scope) {
        List<Named> tables =
                scope.query(
                        """
                        select s.name, s.udp_second_chance, t.affinity, t.destinations,
                               array(
                                 select named ->> 'host' from jsonb_array_elements(t.destinations) named
                                 where named ->> 'host' not in (
                                   select h.name
                                   from backend b join host h on h.id = b.host_id
                                   where b.service_id = s.id and b.admin_state <> 'DISABLED')
                               ) as gone,
                               array(
                                 select h.name
                                 from backend b join host h on h.id = b.host_id
                                 where b.service_id = s.id and b.health = 'DOWN' and not b.serving
                               ) as down
                        """
                                + WHERE_IT_WORKS
                                + """
                                join chosen_table t on t.service_id = s.id
                                where s.site_id = :site and s.state_revision > :after
                                    and s.second_chance
                                order by s.name, t.revision desc
                                """,
                        row ->
                                new Named(
                                        row.text("name"),
                                        new ChosenTable(
                                                row.oneOf(Affinity.class, "affinity"),
                                                destinations(row.text("destinations"))),
                                        Set.copyOf(row.texts("gone")),
                                        Set.copyOf(row.texts("down")),
                                        row.flag("udp_second_chance")));
        return tables.stream().collect(Collectors.groupingBy(Named::service));
    }

    private List<Destination> destinations(String document) {
        return json.readValue(document, new TypeReference<>() {});
    }
}
