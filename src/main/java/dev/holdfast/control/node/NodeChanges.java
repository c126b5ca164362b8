package dev.holdfast.control.node;

import dev.holdfast.control.change.ChangePath;
import dev.holdfast.control.revision.Edit;
import dev.holdfast.control.revision.WriteConditions;
import dev.holdfast.control.web.Written;
import dev.holdfast.wire.Node;
import java.util.List;
import org.springframework.stereotype.Component;

/// Nodes in change sets.
@Component
class NodeChanges implements ChangePath<Node> {

    private final Nodes nodes;

    NodeChanges(Nodes nodes) {
        this.nodes = nodes;
    }

    @Override
    public String pattern() {
        return "nodes/{node}";
    }

    @Override
    public Class<Node> body() {
        return Node.class;
    }

    @Override
    public Written<?> put(Edit edit, List<String> names, Node body, boolean force) {
        return nodes.put(edit, names.getFirst(), body, WriteConditions.NONE);
    }

    @Override
    public void delete(Edit edit, List<String> names, boolean force) {
        nodes.delete(edit, names.getFirst(), WriteConditions.NONE);
    }
}
