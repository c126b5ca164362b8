package dev.holdfast.control.observed;

import dev.holdfast.control.problem.Refusal;
import dev.holdfast.control.revision.Revisions;
import dev.holdfast.control.web.Name;
import dev.holdfast.wire.ServiceTraffic;
import dev.holdfast.wire.ServiceTraffic.ToBackend;
import java.util.List;
import java.util.Objects;
import java.util.function.ToLongFunction;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/// How much goes to a service, summed up from the last reports of its load balancers.
@RestController
class TrafficController {

    private final Revisions revisions;
    private final JdbcClient jdbc;

    TrafficController(Revisions revisions, JdbcClient jdbc) {
        this.revisions = revisions;
        this.jdbc = jdbc;
    }

    @GetMapping("/api/v1/sites/{site}/services/{service}/traffic")
    ServiceTraffic traffic(@PathVariable Name site, @PathVariable Name service) {
        long siteId = revisions.of(site.text()).id();
        boolean isThere =
                jdbc.sql("select exists (select from service where site_id = ? and name = ?)")
                        .params(siteId, service.text())
                        .query(Boolean.class)
                        .single();
        if (!isThere) {
            throw Refusal.notFound("service %s in site %s".formatted(service.text(), site.text()));
        }
        List<ToBackend> backends = backends(siteId, service.text());
        return new ServiceTraffic(
                service.text(),
                sum(backends, ToBackend::connections),
                sum(backends, ToBackend::packetsPerSecond),
                sum(backends, ToBackend::bytesPerSecond),
                secondChance(siteId, service.text()),
                backends);
    }

    /// Of all hosts, silent ones too: it is a sum since their start.
    private long secondChance(long siteId, String service) {
        return jdbc.sql(
                        """
                        select coalesce(sum((c ->> 'packets')::bigint), 0)::bigint
                        from host h join report r on r.host_id = h.id,
                             jsonb_array_elements(
                                 case when jsonb_typeof(r.body -> 'chances') = 'array'
                                      then r.body -> 'chances' else '[]' end) c
                        where h.site_id = :site and c ->> 'service' = :service
                        """)
                .param("site", siteId)
                .param("service", service)
                .query(Long.class)
                .single();
    }

    /// A node that fell silent says nothing of now.
    private List<ToBackend> backends(long siteId, String service) {
        return jdbc.sql(
                        """
                        select c ->> 'host' as host, count(*) as nodes,
                               sum((c ->> 'connections')::bigint)::bigint as connections,
                               sum((c ->> 'packetsPerSecond')::bigint)::bigint as packets,
                               sum((c ->> 'bytesPerSecond')::bigint)::bigint as bytes
                        from node n join report r on r.node_id = n.id,
                             jsonb_array_elements(
                                 case when jsonb_typeof(r.body -> 'counters') = 'array'
                                      then r.body -> 'counters' else '[]' end) c
                        where n.site_id = :site and c ->> 'service' = :service
                          and r.heard_at >= now() - make_interval(secs => :silence)
                        group by c ->> 'host' order by c ->> 'host'
                        """)
                .param("site", siteId)
                .param("service", service)
                .param("silence", HeardReader.LONGEST_SILENCE.toSeconds())
                .query((row, _) ->
                        new ToBackend(
                                Objects.requireNonNull(row.getString("host")),
                                row.getLong("connections"),
                                row.getLong("packets"),
                                row.getLong("bytes"),
                                row.getInt("nodes")))
                .list();
    }

    private static long sum(List<ToBackend> backends, ToLongFunction<ToBackend> what) {
        return backends.stream().mapToLong(what).sum();
    }
}
