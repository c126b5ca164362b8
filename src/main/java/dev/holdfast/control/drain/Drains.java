package dev.holdfast.control.drain;

import dev.holdfast.control.revision.Edit;
import dev.holdfast.control.service.KnownService;
import dev.holdfast.control.service.ServiceCompanions;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// Notes when a backend begins to drain, and forgets it when a person wants something else of it.
///
/// The moment is the database's and stands in it: a restart or another replica goes on with it.
@Component
class Drains implements ServiceCompanions {

    private final JdbcClient jdbc;

    Drains(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public void tableChanges(Edit edit, KnownService service) {
        update(
                """
                delete from drain d using backend b
                where b.id = d.backend_id and b.service_id = :service
                    and b.admin_state <> 'DRAINING'
                """,
                service);
        jdbc.sql(
                        """
                        insert into drain (backend_id, site_id, since, revision)
                        select id, site_id, now(), :revision from backend
                        where service_id = :service and admin_state = 'DRAINING'
                        on conflict do nothing
                        """)
                .param("service", service.id())
                .param("revision", edit.next())
                .update();
        // A later deadline opens again what ended at an earlier one.
        update(
                """
                update drain d set drained_at = null, drained_why = null, at_deadline = null
                from backend b
                where b.id = d.backend_id and b.service_id = :service and d.at_deadline
                    and d.since + make_interval(secs => b.drain_seconds) > now()
                """,
                service);
    }

    private void update(String sql, KnownService service) {
        jdbc.sql(sql).param("service", service.id()).update();
    }

    @Override
    public void vipTaken(Edit edit, KnownService service, @Nullable Long fromVip) {}

    @Override
    public void serviceGoes(Edit edit, KnownService service) {}
}
