package dev.holdfast.control.access;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.holdfast.control.database.SnapshotDatabase;
import dev.holdfast.control.revision.Bell;
import dev.holdfast.control.revision.TokensChanged;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.springframework.context.event.EventListener;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// The bearer tokens of agents: one per node or host, of which only the hash is kept.
///
/// Each is looked up once and then remembered until any token changes anywhere: ten thousand agents
/// that ask all the time must not need the database, least of all while it is away.
@Component
public class AgentTokens {

    private static final int REMEMBERED_MAX = 50_000;

    private final JdbcClient jdbc;
    private final SnapshotDatabase database;
    private final Bell bell;
    private final Cache<Hash, Agent> known =
            Caffeine.newBuilder().maximumSize(REMEMBERED_MAX).build();

    /// Counts changes, so that a look-up that raced one does not remember what it read before.
    private final AtomicLong changes = new AtomicLong();

    AgentTokens(JdbcClient jdbc, SnapshotDatabase database, Bell bell) {
        this.jdbc = jdbc;
        this.database = database;
        this.bell = bell;
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
        bell.tokensChangeWithCommit();
        return token;
    }

    /// Withdraws the token, if there is one, in the caller's transaction.
    public void withdraw(long siteId, AgentRole role, String name) {
        int withdrawn =
                jdbc.sql("delete from agent_token where site_id = ? and role = ? and name = ?")
                        .params(siteId, role.name(), name)
                        .update();
        if (withdrawn > 0) {
            bell.tokensChangeWithCommit();
        }
    }

    /// Whether a token is that of the agent that a path belongs to.
    public boolean opens(String token, String path) {
        return find(token).map(agent -> path.startsWith(agent.path())).orElse(false);
    }

    /// Whose token it is.
    Optional<Agent> find(String token) {
        Hash hash = new Hash(Secret.hash(token));
        Agent remembered = known.getIfPresent(hash);
        if (remembered != null) {
            return Optional.of(remembered);
        }
        long before = changes.get();
        Optional<Agent> found = read(hash);
        found.ifPresent(agent -> known.put(hash, agent));
        if (changes.get() != before) {
            known.invalidate(hash);
        }
        return found;
    }

    private Optional<Agent> read(Hash hash) {
        return database.read(snapshot ->
                snapshot.sql(
                                """
                                select t.site_id, l.site, t.role, t.name
                                from agent_token t join lineage l on l.id = t.site_id
                                where t.hash = ?
                                """)
                        .param(hash.bytes())
                        .query(Agent.class)
                        .optional());
    }

    @EventListener(TokensChanged.class)
    void forget() {
        changes.incrementAndGet();
        known.invalidateAll();
    }

    /// SHA-256 of a token, compared by content.
    @SuppressWarnings("ArrayRecordComponent") // equality is defined below
    private record Hash(byte[] bytes) {

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Hash(byte[] others) && Arrays.equals(bytes, others);
        }

        /// Its first bytes are as good as any.
        @Override
        public int hashCode() {
            return ByteBuffer.wrap(bytes).getInt();
        }
    }
}
