package dev.holdfast.control.drain;

import dev.holdfast.control.observed.HeardReader;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/// Ends drains: when no load balancer that is heard from has a connection left, or at the deadline.
///
/// Looks after each report that bears on one, and by time. Every replica does it: one statement,
/// which finds nothing to do where another was first.
@Component
class DrainReview {

    private static final String PERIOD = "2s";

    /// For each open drain: what is left, on how many load balancers, and who says nothing of it.
    static final String COUNTED =
            """
            counted as (
                select d.backend_id, sum(c.connections) as connections,
                       string_agg(n.name, ', ' order by n.name)
                           filter (where c.node_id is not null) as nodes,
                       string_agg(n.name, ', ' order by n.name)
                           filter (where heard.yes and c.node_id is null) as waited_for,
                       string_agg(n.name, ', ' order by n.name)
                           filter (where not heard.yes) as lost
                from drain d
                join node n on n.site_id = d.site_id
                left join report r on r.node_id = n.id
                cross join lateral (
                    select coalesce(
                        r.heard_at >= now() - make_interval(secs => :silence), false) as yes
                ) heard
                left join drain_count c
                    on c.backend_id = d.backend_id and c.node_id = n.id and heard.yes
                where d.drained_at is null
                group by d.backend_id
            )
            """;

    private final JdbcClient jdbc;

    DrainReview(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /// One round over all sites.
    @Scheduled(initialDelayString = PERIOD, fixedDelayString = PERIOD)
    void run() {
        jdbc.sql(
                        "with "
                                + COUNTED
                                + """
                                , ended as (
                                    select d.backend_id, c.connections, c.nodes,
                                           concat_ws(', ', c.waited_for, c.lost) as unknown,
                                           not coalesce(c.nodes is not null and c.waited_for is null
                                               and c.connections = 0, false) as at_deadline
                                    from drain d
                                    join backend b on b.id = d.backend_id
                                    left join counted c on c.backend_id = d.backend_id
                                    where d.drained_at is null and (
                                        (c.nodes is not null and c.waited_for is null
                                            and c.connections = 0)
                                        or d.since + make_interval(secs => b.drain_seconds)
                                            <= now())
                                )
                                update drain d
                                set drained_at = now(), at_deadline = e.at_deadline,
                                    drained_why =
                                        case when not e.at_deadline
                                            then 'no connections on ' || e.nodes
                                            when e.connections is null
                                            then 'deadline: nobody says how many connections are left'
                                            else 'deadline: ' || e.connections
                                                || ' connections left' end
                                        || case when e.unknown = '' or e.connections is null then ''
                                            else '; unknown on ' || e.unknown end
                                from ended e
                                where d.backend_id = e.backend_id and d.drained_at is null
                                """)
                .param("silence", HeardReader.LONGEST_SILENCE.toSeconds())
                .update();
    }
}
