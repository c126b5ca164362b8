package dev.holdfast.control.migration;

import dev.holdfast.control.change.ChangePath;
import dev.holdfast.control.problem.Refusal;
import dev.holdfast.control.revision.Edit;
import dev.holdfast.control.revision.WriteConditions;
import dev.holdfast.control.web.Written;
import dev.holdfast.wire.Migration;
import java.util.List;
import org.springframework.stereotype.Component;

/// Lets change sets write migrations.
@Component
class MigrationChanges implements ChangePath<Migration> {

    private final Migrations migrations;

    MigrationChanges(Migrations migrations) {
        this.migrations = migrations;
    }

    @Override
    public String pattern() {
        return "services/{service}/migration";
    }

    @Override
    public Class<Migration> body() {
        return Migration.class;
    }

    @Override
    public Written<Migration> put(Edit edit, List<String> names, Migration body, boolean force) {
        return migrations.put(edit, names.getFirst(), body, WriteConditions.NONE);
    }

    @Override
    public void delete(Edit edit, List<String> names, boolean force) {
        throw Refusal.conflict(
                "the migration of service %s goes with its service; PUT it to LIVE without legacyHosts to end it"
                        .formatted(names.getFirst()));
    }
}
