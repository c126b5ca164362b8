package dev.holdfast.control.service;

import dev.holdfast.control.change.ChangePath;
import dev.holdfast.control.revision.Edit;
import dev.holdfast.control.revision.WriteConditions;
import dev.holdfast.control.web.Written;
import dev.holdfast.wire.Backend;
import java.util.List;
import org.springframework.stereotype.Component;

/// Backends in change sets.
@Component
class BackendChanges implements ChangePath<Backend> {

    private final Backends backends;

    BackendChanges(Backends backends) {
        this.backends = backends;
    }

    @Override
    public String pattern() {
        return "services/{service}/backends/{host}";
    }

    @Override
    public Class<Backend> body() {
        return Backend.class;
    }

    @Override
    public Written<?> put(Edit edit, List<String> names, Backend body, boolean force) {
        return backends.put(edit, names.getFirst(), names.getLast(), body, WriteConditions.NONE);
    }

    @Override
    public void delete(Edit edit, List<String> names, boolean force) {
        backends.delete(edit, names.getFirst(), names.getLast(), WriteConditions.NONE);
    }
}
