package dev.holdfast.control.revision;

import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/// Rings after commit: at once in this process, and through NOTIFY in the other replicas.
@Component
public class Bell {

    /// The channel of LISTEN and NOTIFY for changes of sites. The payload is the site's name.
    static final String SITES = "holdfast";

    /// The channel for changes of agents' tokens. The payload is empty.
    static final String TOKENS = "holdfast_tokens";

    private final ApplicationEventPublisher events;
    private final JdbcClient jdbc;

    Bell(ApplicationEventPublisher events, JdbcClient jdbc) {
        this.events = events;
        this.jdbc = jdbc;
    }

    /// To be called inside the transaction that makes the revision.
    void ringAfterCommit(String site) {
        ringAfterCommit(SITES, site, new Rang(site));
    }

    /// To be called inside the transaction that makes or withdraws an agent's token.
    public void tokensChangeWithCommit() {
        ringAfterCommit(TOKENS, "", new TokensChanged());
    }

    private void ringAfterCommit(String channel, String payload, Object event) {
        // PostgreSQL delivers a NOTIFY when its transaction commits, and never otherwise.
        jdbc.sql("select pg_notify(:channel, :payload)")
                .param("channel", channel)
                .param("payload", payload)
                .query((_, _) -> payload)
                .list();
        TransactionSynchronizationManager.registerSynchronization(
                new TransactionSynchronization() {
                    @Override
                    public void afterCommit() {
                        events.publishEvent(event);
                    }
                });
    }
}
