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
/// Only where second chance works: GUE, which packets can be sent on in as they came.
@Component
class ChosenTables implements Witness {

    /// The present one, and those that two hops ask.
    static final int MEMORY = 3;

    private static final String WHERE_IT_WORKS =
            """
            from service s
            join site on site.id = s.site_id and site.encapsulation = 'GUE'
            """;

    private record Named(String service, ChosenTable table) {}

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
        Map<String, List<ChosenTable>> before = read(changed);
        for (Known<ServiceState> state : states) {
            ChosenTable now =
                    new ChosenTable(
                            state.value().affinity(),
                            state.value().destinations().stream().map(Destination::uncut).toList());
            List<ChosenTable> known = before.getOrDefault(state.name(), List.of());
            if (known.isEmpty() || !known.getFirst().equals(now)) {
                add(edit, state.name(), now);
            }
        }
    }

    private void add(Edit edit, String service, ChosenTable table) {
        jdbc.sql(
                        """
                        insert into chosen_table (service_id, revision, affinity, destinations)
                        select s.id, :revision, :affinity, :destinations::jsonb
                        """
                                + WHERE_IT_WORKS
                                + "where s.site_id = :site and s.name = :service")
                .param("revision", edit.next())
                .param("affinity", table.affinity().name())
                .param("destinations", json.writeValueAsString(table.destinations()))
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

    /// By service, newest first, of services that changed. A host that is a backend no more, or was
    /// disabled, serves in none of them: its connections are to be cut, also where another host
    /// remembers to send them on to it.
    Map<String, List<ChosenTable>> read(Scope scope) {
        List<Named> tables =
                scope.query(
                        """
                        select s.name, t.affinity, t.destinations,
                               array(
                                 select h.name
                                 from backend b join host h on h.id = b.host_id
                                 where b.service_id = s.id and b.admin_state <> 'DISABLED'
                               ) as staying
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
                                                cutting(
                                                        row.texts("staying"),
                                                        destinations(row.text("destinations"))))));
        return tables.stream()
                .collect(
                        Collectors.groupingBy(
                                Named::service,
                                HashMap::new,
                                Collectors.mapping(Named::table, Collectors.toList())));
    }

    private List<Destination> destinations(String document) {
        return json.readValue(document, new TypeReference<>() {});
    }

    private static List<Destination> cutting(List<String> staying, List<Destination> destinations) {
        Set<String> those = Set.copyOf(staying);
        return destinations.stream()
                .map(one -> one.host() == null || those.contains(one.host()) ? one : one.beingCut())
                .toList();
    }
}
