package dev.holdfast.control.observed;

import dev.holdfast.control.access.AgentRole;
import dev.holdfast.control.problem.Refusal;
import dev.holdfast.wire.Failure;
import dev.holdfast.wire.Report;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.json.JsonMapper;

/// Keeps the last report of each machine.
@Component
class Reports {

    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;
    private final JsonMapper json;
    private final List<ReportListener> listeners;

    Reports(
            JdbcClient jdbc,
            TransactionTemplate transaction,
            JsonMapper json,
            List<ReportListener> listeners) {
        this.jdbc = jdbc;
        this.transaction = transaction;
        this.json = json;
        this.listeners = listeners;
    }

    /// @throws Refusal (400) when it makes no sense, (404) when there is no such machine
    void store(String site, AgentRole role, String name, Report report) {
        ReportRules.check(report);
        transaction.executeWithoutResult(_ -> {
            // The next report is seconds away: it need not wait for the disk.
            jdbc.sql("select set_config('synchronous_commit', 'off', true)")
                    .query(String.class)
                    .single();
            if (write(site, role, name, report) == 0) {
                throw Refusal.notFound(word(role) + " " + name + " in site " + site);
            }
        });
        listeners.forEach(listener -> listener.heard(site, role, name, report));
    }

    private int write(String site, AgentRole role, String name, Report report) {
        return jdbc.sql(
                        """
                        insert into report
                            (site_id, %1$s_id, heard_at, epoch, applied_revision,
                             refused_revision, why, failures, tables_digest, body,
                             announced, withheld, announces, withdrawn_at)
                        select m.site_id, m.id, now(), :epoch, :revision,
                               :refused, :why, :failures::jsonb, :digest, :body::jsonb,
                               :announced::jsonb, :withheld::jsonb, :announces::boolean,
                               case when :withdrawn then now() end
                        from %1$s m join lineage l on l.id = m.site_id
                        where l.site = :site and m.name = :name
                        on conflict (%1$s_id) do update
                        set heard_at = excluded.heard_at, epoch = excluded.epoch,
                            applied_revision = excluded.applied_revision,
                            refused_revision = excluded.refused_revision, why = excluded.why,
                            failures = excluded.failures,
                            tables_digest = excluded.tables_digest, body = excluded.body,
                            announced = excluded.announced, withheld = excluded.withheld,
                            announces = excluded.announces,
                            withdrawn_at = case when excluded.withdrawn_at is not null
                                then coalesce(report.withdrawn_at, excluded.withdrawn_at) end
                        """
                                .formatted(word(role)))
                .param("site", site)
                .param("name", name)
                .param("epoch", report.epoch())
                .param("revision", report.revision())
                .param("refused", report.refusedRevision())
                .param("why", report.why())
                .param("failures", list(report.failures()))
                .param("announced", list(report.announced()))
                .param("withheld", list(report.withheld()))
                .param("withdrawn", withdrawn(report))
                .param("announces", report.facts() == null ? null : report.facts().announces())
                .param("digest", Tables.of(report).digest())
                .param("body", json.writeValueAsString(report))
                .update();
    }

    /// Whether nothing is announced, and that was seen: an agent that could not ask BIRD, or not
    /// change it, knows of nothing announced and proves nothing.
    private static boolean withdrawn(Report report) {
        return report.revision() != null
                && Objects.requireNonNullElse(report.announced(), List.of()).isEmpty()
                && Objects.requireNonNullElse(report.failures(), List.<Failure>of()).stream()
                        .noneMatch(failure -> failure.resource().equals(Failure.BIRD));
    }

    private String list(@Nullable List<?> items) {
        return json.writeValueAsString(Objects.requireNonNullElse(items, List.of()));
    }

    private static String word(AgentRole role) {
        return role.name().toLowerCase(Locale.ROOT);
    }
}
