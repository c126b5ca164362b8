package dev.holdfast.control.health;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// Looks every few seconds for backends whose verdict time alone may have changed: what was said of
/// them from outside has expired, they were held down long enough, or a prober that disagreed is
/// lost.
///
/// Every replica does it: the verdict is made under the site's lock, so the second finds it made.
@Component
class Review implements SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(Review.class);
    private static final Duration PERIOD = Duration.ofSeconds(2);

    private final JdbcClient jdbc;
    private final Verdicts verdicts;
    private volatile @Nullable Thread thread;

    Review(JdbcClient jdbc, Verdicts verdicts) {
        this.jdbc = jdbc;
        this.verdicts = verdicts;
    }

    private record Open(String site, long backend) {}

    /// One round over all sites.
    void run() {
        Map<String, List<Long>> bySite =
                open().stream()
                        .collect(
                                Collectors.groupingBy(
                                        Open::site,
                                        Collectors.mapping(Open::backend, Collectors.toList())));
        bySite.forEach(verdicts::review);
        jdbc.sql("delete from health_statement where expires_at < now() - interval '1 minute'")
                .update();
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

    private void loop() {
        while (!Thread.currentThread().isInterrupted()) {
            try {
                Thread.sleep(PERIOD);
                run();
            } catch (InterruptedException e) {
                return;
            } catch (RuntimeException e) { // whatever it was: the next round may go better
                LOG.warn("health was not reviewed; again in {}", PERIOD, e);
            }
        }
    }

    @Override
    public void start() {
        thread = Thread.ofVirtual().name("health review").start(this::loop);
    }

    @Override
    public void stop() {
        Thread running = thread;
        thread = null;
        if (running != null) {
            running.interrupt();
        }
    }

    @Override
    public boolean isRunning() {
        return thread != null;
    }
}
