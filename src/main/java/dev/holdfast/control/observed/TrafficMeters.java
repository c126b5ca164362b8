package dev.holdfast.control.observed;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.MultiGauge.Row;
import io.micrometer.core.instrument.Tags;
import java.util.List;
import java.util.Objects;
import java.util.function.ToLongFunction;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/// Traffic of every site for Prometheus, summed up over its machines, the same on each replica.
///
/// What is no longer there has no line any more: a service or a host that was deleted, or a backend
/// that nobody sends to.
@Component
class TrafficMeters {

    private static final String PERIOD = "10s";

    private record Flow(
            String site, String service, String host, long connections, long packets, long bytes) {}

    private record Sent(String site, String service, long packets) {}

    private final JdbcClient jdbc;
    private final MultiGauge connections;
    private final MultiGauge packets;
    private final MultiGauge bytes;
    private final MultiGauge chances;

    TrafficMeters(JdbcClient jdbc, MeterRegistry registry) {
        this.jdbc = jdbc;
        connections =
                gauge(
                        registry,
                        "holdfast.backend.connections",
                        "Connections to a backend, on all load balancers that are heard from");
        packets = gauge(registry, "holdfast.backend.packets.per.second", "From clients");
        bytes = gauge(registry, "holdfast.backend.bytes.per.second", "From clients");
        chances =
                gauge(
                        registry,
                        "holdfast.service.second.chance.packets",
                        "Packets that backend hosts sent on, since they started");
    }

    private static MultiGauge gauge(MeterRegistry registry, String name, String description) {
        return MultiGauge.builder(name).description(description).register(registry);
    }

    /// One look at all sites.
    @Scheduled(initialDelayString = PERIOD, fixedDelayString = PERIOD)
    void run() {
        List<Flow> flows = flows();
        show(connections, flows, Flow::connections);
        show(packets, flows, Flow::packets);
        show(bytes, flows, Flow::bytes);
        chances.register(
                sent().stream()
                        .<Row<?>>map(one ->
                                Row.of(
                                        Tags.of("site", one.site(), "service", one.service()),
                                        one.packets()))
                        .toList(),
                true);
    }

    private static void show(MultiGauge gauge, List<Flow> flows, ToLongFunction<Flow> what) {
        gauge.register(
                flows.stream()
                        .<Row<?>>map(flow ->
                                Row.of(
                                        Tags.of(
                                                "site", flow.site(),
                                                "service", flow.service(),
                                                "host", flow.host()),
                                        what.applyAsLong(flow)))
                        .toList(),
                true);
    }

    private List<Flow> flows() {
        return jdbc.sql(
                        """
                        select l.site, s.name as service, h.name as host,
                               sum((c ->> 'connections')::bigint)::bigint as connections,
                               sum((c ->> 'packetsPerSecond')::bigint)::bigint as packets,
                               sum((c ->> 'bytesPerSecond')::bigint)::bigint as bytes
                        from lineage l
                        join node n on n.site_id = l.id
                        join report r on r.node_id = n.id
                            and r.heard_at >= now() - make_interval(secs => :silence)
                        cross join jsonb_array_elements(
                            case when jsonb_typeof(r.body -> 'counters') = 'array'
                                 then r.body -> 'counters' else '[]' end) c
                        join service s on s.site_id = l.id and s.name = c ->> 'service'
                        join host h on h.site_id = l.id and h.name = c ->> 'host'
                        group by l.site, s.name, h.name
                        """)
                .param("silence", HeardReader.LONGEST_SILENCE.toSeconds())
                .query((row, _) ->
                        new Flow(
                                Objects.requireNonNull(row.getString("site")),
                                Objects.requireNonNull(row.getString("service")),
                                Objects.requireNonNull(row.getString("host")),
                                row.getLong("connections"),
                                row.getLong("packets"),
                                row.getLong("bytes")))
                .list();
    }

    private List<Sent> sent() {
        return jdbc.sql(
                        """
                        select l.site, s.name as service,
                               sum((c ->> 'packets')::bigint)::bigint as packets
                        from lineage l
                        join host h on h.site_id = l.id
                        join report r on r.host_id = h.id
                        cross join jsonb_array_elements(
                            case when jsonb_typeof(r.body -> 'chances') = 'array'
                                 then r.body -> 'chances' else '[]' end) c
                        join service s on s.site_id = l.id and s.name = c ->> 'service'
                        group by l.site, s.name
                        """)
                .query((row, _) ->
                        new Sent(
                                Objects.requireNonNull(row.getString("site")),
                                Objects.requireNonNull(row.getString("service")),
                                row.getLong("packets")))
                .list();
    }
}
