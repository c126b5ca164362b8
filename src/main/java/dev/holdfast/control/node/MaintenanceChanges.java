package dev.holdfast.control.node;

import dev.holdfast.control.change.ChangePath;
import dev.holdfast.control.revision.Edit;
import dev.holdfast.control.revision.WriteConditions;
import dev.holdfast.control.web.Written;
import dev.holdfast.wire.Maintenance;
import java.util.List;
import org.springframework.stereotype.Component;

/// The maintenance of nodes in change sets.
@Component
class MaintenanceChanges implements ChangePath<Maintenance> {

    private final Maintenances maintenances;

    MaintenanceChanges(Maintenances maintenances) {
        this.maintenances = maintenances;
    }

    @Override
    public String pattern() {
        return "nodes/{node}/maintenance";
    }

    @Override
    public Class<Maintenance> body() {
        return Maintenance.class;
    }

    @Override
    public Written<?> put(Edit edit, List<String> names, Maintenance body, boolean force) {
        return maintenances.put(edit, names.getFirst(), body, WriteConditions.NONE, force);
    }

    @Override
    public void delete(Edit edit, List<String> names, boolean force) {
        maintenances.delete(edit, names.getFirst(), WriteConditions.NONE, force);
    }
}
