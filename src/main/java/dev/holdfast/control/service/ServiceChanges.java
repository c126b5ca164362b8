package dev.holdfast.control.service;

import dev.holdfast.control.change.ChangePath;
import dev.holdfast.control.revision.Edit;
import dev.holdfast.control.revision.WriteConditions;
import dev.holdfast.control.web.Written;
import dev.holdfast.wire.Service;
import java.util.List;
import org.springframework.stereotype.Component;

/// Services in change sets.
@Component
class ServiceChanges implements ChangePath<Service> {

    private final Services services;

    ServiceChanges(Services services) {
        this.services = services;
    }

    @Override
    public String pattern() {
        return "services/{service}";
    }

    @Override
    public Class<Service> body() {
        return Service.class;
    }

    @Override
    public Written<?> put(Edit edit, List<String> names, Service body, boolean force) {
        return services.put(edit, names.getFirst(), body, WriteConditions.NONE);
    }

    @Override
    public void delete(Edit edit, List<String> names, boolean force) {
        services.delete(edit, names.getFirst(), WriteConditions.NONE);
    }
}
