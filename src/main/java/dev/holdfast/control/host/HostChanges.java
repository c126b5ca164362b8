package dev.holdfast.control.host;

import dev.holdfast.control.change.ChangePath;
import dev.holdfast.control.revision.Edit;
import dev.holdfast.control.revision.WriteConditions;
import dev.holdfast.control.web.Written;
import dev.holdfast.wire.Host;
import java.util.List;
import org.springframework.stereotype.Component;

/// Hosts in change sets.
@Component
class HostChanges implements ChangePath<Host> {

    private final Hosts hosts;

    HostChanges(Hosts hosts) {
        this.hosts = hosts;
    }

    @Override
    public String pattern() {
        return "hosts/{host}";
    }

    @Override
    public Class<Host> body() {
        return Host.class;
    }

    @Override
    public Written<?> put(Edit edit, List<String> names, Host body, boolean force) {
        return hosts.put(edit, names.getFirst(), body, WriteConditions.NONE);
    }

    @Override
    public void delete(Edit edit, List<String> names, boolean force) {
        hosts.delete(edit, names.getFirst(), WriteConditions.NONE);
    }
}
