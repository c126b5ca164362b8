package dev.holdfast.control.health;

import dev.holdfast.control.problem.Refusal;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/// Looks every few seconds for backends whose verdict time alone may have changed: what was said of
/// them from outside has expired, they were held down long enough, or a prober that disagreed is
/// lost.
///
/// Every replica does it: the verdict is made under the site's lock, so the second finds it made.
@Component
class Review {

    private static final Logger LOG = LoggerFactory.getLogger(Review.class);
    private static final String PERIOD = "2s";

    private final JdbcClient jdbc;
    private final Verdicts verdicts;

    Review(JdbcClient jdbc, Verdicts verdicts) {
        this.jdbc = jdbc;
        this.verdicts = verdicts;
    }

    private record Open(String site, long backend) {}

    /// One round over all sites.
    @Scheduled(initialDelayString = PERIOD, fixedDelayString = PERIOD)
    void run() {
        Map<String, List<Long>> bySite =
                open().stream()
                        .collect(
                                Collectors.groupingBy(
                                        Open::site,
                                        Collectors.mapping(Open::backend, Collectors.toList())));
        bySite.forEach(this::review);
        jdbc.sql("delete from health_statement where expires_at < now() - interval '1 minute'")
                .update();
    }

    private void review(String site, List<Long> backends) {
        try {
            verdicts.review(site, backends);
        } catch (Refusal gone) {
            LOG.info("{} is not reviewed: {}", site, gone.getMessage());
        }
    }

    private List<Open> open() {
        return jdbc.sql(
                        """
                        select l.site, b.id
                        from backend b join lineage l on l.id = b.site_id
                        where b.id in (
                            select backend_id from health_statement
                            union
                            select o.backend_id
                            from health_opinion o join backend down on down.id = o.backend_id
                            where not o.up and down.health = 'UP'
                            union
                            select u.id
                            from backend u join health_opinion o on o.backend_id = u.id
                            where o.up and u.health <> 'UP')
                        """)
                .query((row, _) ->
                        new Open(Objects.requireNonNull(row.getString("site")), row.getLong("id")))
                .list();
    }
}
