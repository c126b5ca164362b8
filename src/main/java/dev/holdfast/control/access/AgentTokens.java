package dev.holdfast.control.access;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/// The bearer tokens of agents: one per node or host, of which only the hash is kept.
@Component
public class AgentTokens {

    /// How long another replica may still take a token that was rotated here.
    private static final Duration REMEMBERED = Duration.ofSeconds(2);

    private final JdbcClient jdbc;
    private final Cache<String, Agent> known =
            Caffeine.newBuilder().expireAfterWrite(REMEMBERED).maximumSize(50_000).build();

    /// Counts withdrawals, so that a look-up that raced one does not remember what it read before.
    private final AtomicLong withdrawals = new AtomicLong();

    AgentTokens(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /// Makes a token, in the caller's transaction; the one before stops with its commit.
    ///
    /// @return the only time it is seen
    public String issue(long siteId, AgentRole role, String name) {
        String token = Secret.make("hf_" + role.name().toLowerCase(Locale.ROOT) + "_");
        jdbc.sql(
                        """
                        insert into agent_token (site_id, role, name, hash) values (?, ?, ?, ?)
                        on conflict (site_id, role, name) do update set hash = excluded.hash
                        """)
                .params(siteId, role.name(), name, Secret.hash(token))
                .update();
        forgetAfterCommit(siteId, role, name);
        return token;
    }

    /// Withdraws the token, if there is one, in the caller's transaction.
    public void withdraw(long siteId, AgentRole role, String name) {
        jdbc.sql("delete from agent_token where site_id = ? and role = ? and name = ?")
                .params(siteId, role.name(), name)
                .update();
        forgetAfterCommit(siteId, role, name);
    }

    /// Whose token it is.
    Optional<Agent> find(String token) {
        Agent remembered = known.getIfPresent(token);
        if (remembered != null) {
            return Optional.of(remembered);
        }
        long before = withdrawals.get();
        Optional<Agent> found = read(token);
        found.ifPresent(agent -> known.put(token, agent));
        if (withdrawals.get() != before) {
            known.invalidate(token);
        }
        return found;
    }

    private Optional<Agent> read(String token) {
        return jdbc.sql(
                        """
                        select t.site_id, l.site, t.role, t.name
                        from agent_token t join lineage l on l.id = t.site_id where t.hash = ?
                        """)
                .param(Secret.hash(token))
                .query(Agent.class)
                .optional();
    }

    private void forgetAfterCommit(long siteId, AgentRole role, String name) {
        TransactionSynchronizationManager.registerSynchronization(
                new TransactionSynchronization() {
                    @Override
                    public void afterCommit() {
                        withdrawals.incrementAndGet();
                        known.asMap().values().removeIf(agent -> isOf(agent, siteId, role, name));
                    }
                });
    }

    private static boolean isOf(@Nullable Agent agent, long siteId, AgentRole role, String name) {
        return agent != null
                && agent.siteId() == siteId
                && agent.role() == role
                && agent.name().equals(name);
    }
}
