package dev.holdfast.control.health;

import dev.holdfast.control.problem.Faults;
import dev.holdfast.control.problem.Refusal;
import dev.holdfast.control.revision.Edit;
import dev.holdfast.control.revision.Revisions;
import dev.holdfast.control.revision.WriteConditions;
import dev.holdfast.control.service.Backends;
import dev.holdfast.control.web.Written;
import dev.holdfast.wire.Backend;
import dev.holdfast.wire.HealthStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/// Keeps what systems outside say of backends, and has it judged at once.
@Service
class Statements {

    private static final int WHY_LENGTH_MAX = 200;
    private static final Duration USUAL_LIFE = Duration.ofMinutes(5);
    private static final Duration LONGEST_LIFE = Duration.ofDays(1);

    private final JdbcClient jdbc;
    private final Revisions revisions;
    private final Backends backends;
    private final Verdicts verdicts;
    private final Clock clock = Clock.systemUTC();

    Statements(JdbcClient jdbc, Revisions revisions, Backends backends, Verdicts verdicts) {
        this.jdbc = jdbc;
        this.revisions = revisions;
        this.backends = backends;
        this.verdicts = verdicts;
    }

    /// @throws Refusal (404) when nobody speaks of it, or has not for long enough
    @Transactional(readOnly = true)
    HealthStatement get(String site, String service, String host) {
        Backend backend = backends.get(site, service, host);
        return stored(id(revisions.of(site).id(), service, host), backend)
                .orElseThrow(() -> none(service, host));
    }

    /// Says something, or something else, as part of an edit. A revision comes of it when that
    /// changes who serves.
    Written<HealthStatement> put(
            Edit edit,
            String service,
            String host,
            HealthStatement body,
            WriteConditions conditions) {
        Backend backend = backends.get(edit.site(), service, host);
        long id = id(edit.siteId(), service, host);
        Optional<HealthStatement> known = stored(id, backend);
        conditions.check(
                "health of backend " + service + "/" + host,
                known.map(HealthStatement::revision).orElse(null));
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        keep(id, body, edit.actor(), now);
        verdicts.renew(edit, List.of(id));
        HealthStatement said = stored(id, backends.get(edit.site(), service, host)).orElseThrow();
        return new Written<>(said, revision(edit, said), known.isEmpty());
    }

    /// Takes it back, as part of an edit: the probers are believed again.
    void delete(Edit edit, String service, String host, WriteConditions conditions) {
        Backend backend = backends.get(edit.site(), service, host);
        long id = id(edit.siteId(), service, host);
        HealthStatement known = stored(id, backend).orElseThrow(() -> none(service, host));
        conditions.check("health of backend " + service + "/" + host, known.revision());
        jdbc.sql("delete from health_statement where backend_id = :id").param("id", id).update();
        verdicts.renew(edit, List.of(id));
    }

    private static long revision(Edit edit, HealthStatement said) {
        return edit.result() == edit.next() ? edit.next() : Objects.requireNonNull(said.revision());
    }

    private void keep(long id, HealthStatement body, String by, Instant now) {
        Faults faults = new Faults();
        faults.unless(body.up() != null, "up", null, "true or false");
        String why = body.why() == null ? "" : body.why().strip();
        faults.unless(
                !why.isEmpty() && why.length() <= WHY_LENGTH_MAX,
                "why",
                why.isEmpty() ? "nothing" : why.length() + " characters",
                "the reason, in 1 to " + WHY_LENGTH_MAX + " characters");
        Instant expires = Objects.requireNonNullElse(body.expiresAt(), now.plus(USUAL_LIFE));
        faults.unless(
                expires.isAfter(now) && !expires.isAfter(now.plus(LONGEST_LIFE)),
                "expiresAt",
                expires,
                "a time after now, " + now + ", and at most a day ahead");
        faults.refuseIfAny();
        jdbc.sql(
                        """
                        insert into health_statement as s
                            (backend_id, up, why, said_by, since, expires_at)
                        values (:id, :up, :why, :by, :now, :expires)
                        on conflict (backend_id) do update
                        set since = case when s.up = excluded.up and s.expires_at > :now
                                         then s.since else excluded.since end,
                            up = excluded.up, why = excluded.why, said_by = excluded.said_by,
                            expires_at = excluded.expires_at
                        """)
                .param("id", id)
                .param("up", body.up())
                .param("why", why)
                .param("by", by)
                .param("now", Timestamp.from(now))
                .param("expires", Timestamp.from(expires))
                .update();
    }

    private Optional<HealthStatement> stored(long id, Backend backend) {
        return jdbc.sql(
                        """
                        select up, why, said_by, since, expires_at from health_statement
                        where backend_id = :id and expires_at > :now
                        """)
                .param("id", id)
                .param("now", Timestamp.from(clock.instant()))
                .query((row, _) -> shown(row, backend))
                .optional();
    }

    private static HealthStatement shown(ResultSet row, Backend backend) throws SQLException {
        return new HealthStatement(
                row.getBoolean("up"),
                row.getString("why"),
                Objects.requireNonNull(row.getTimestamp("expires_at")).toInstant(),
                row.getString("said_by"),
                Objects.requireNonNull(row.getTimestamp("since")).toInstant(),
                backend.revision());
    }

    private long id(long siteId, String service, String host) {
        return jdbc.sql(
                        """
                        select b.id from backend b
                        join service s on s.id = b.service_id join host h on h.id = b.host_id
                        where b.site_id = :site and s.name = :service and h.name = :host
                        """)
                .param("site", siteId)
                .param("service", service)
                .param("host", host)
                .query(Long.class)
                .single();
    }

    private static Refusal none(String service, String host) {
        return Refusal.notFound(
                "health of backend %s/%s that somebody outside speaks of".formatted(service, host));
    }
}
