package dev.holdfast.control.observed;

import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// Counts the connections to a service's backends, as its load balancers last said.
@Component
public class Connections {

    private final JdbcClient jdbc;

    Connections(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /// By the names of hosts, those that have any. A node that fell silent says nothing of now.
    ///
    /// @return empty while no load balancer is heard from
    public Optional<Map<String, Long>> of(long serviceId) {
        Map<String, Long> byHost = new HashMap<>();
        boolean[] heard = {false};
        jdbc.sql(
                        """
                        select c ->> 'host' as host,
                               sum((c ->> 'connections')::bigint)::bigint as connections
                        from service s
                        join node n on n.site_id = s.site_id
                        join report r on r.node_id = n.id
                            and r.heard_at >= now() - make_interval(secs => :silence)
                            and jsonb_typeof(r.body -> 'counters') = 'array'
                        left join jsonb_array_elements(r.body -> 'counters') c
                            on c ->> 'service' = s.name
                        where s.id = :service
                        group by c ->> 'host'
                        """)
                .param("service", serviceId)
                .param("silence", HeardReader.LONGEST_SILENCE.toSeconds())
                .query(row -> {
                    heard[0] = true;
                    String host = row.getString("host");
                    if (host != null) {
                        byHost.put(Objects.requireNonNull(host), row.getLong("connections"));
                    }
                });
        return heard[0] ? Optional.of(byHost) : Optional.empty();
    }
}
