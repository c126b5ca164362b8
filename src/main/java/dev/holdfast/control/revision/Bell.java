package dev.holdfast.control.revision;

import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/// Rings after commit: at once in this process, and through NOTIFY in the other replicas.
@Component
class Bell {

    /// The channel of LISTEN and NOTIFY. The payload is the site's name.
    static final String CHANNEL = "holdfast";

    private final ApplicationEventPublisher events;
    private final JdbcClient jdbc;

    Bell(ApplicationEventPublisher events, JdbcClient jdbc) {
        this.events = events;
        this.jdbc = jdbc;
    }

    /// To be called inside the transaction that makes the revision.
    void ringAfterCommit(String site) {
        // PostgreSQL delivers a NOTIFY when its transaction commits, and never otherwise.
        jdbc.sql("select pg_notify(:channel, :site)")
                .param("channel", CHANNEL)
                .param("site", site)
                .query((_, _) -> site)
                .list();
        TransactionSynchronizationManager.registerSynchronization(
                new TransactionSynchronization() {
                    @Override
                    public void afterCommit() {
                        events.publishEvent(new Rang(site));
                    }
                });
    }
}
