package dev.holdfast.control.node;

import dev.holdfast.control.revision.Revisions;
import dev.holdfast.control.revision.WriteConditions;
import dev.holdfast.control.web.Answers;
import dev.holdfast.control.web.Name;
import dev.holdfast.control.web.Page;
import dev.holdfast.wire.IpAddress;
import dev.holdfast.wire.Items;
import dev.holdfast.wire.Node;
import dev.holdfast.wire.Token;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/v1/sites/{site}/nodes")
class NodeController {

    private final Nodes nodes;
    private final Revisions revisions;

    NodeController(Nodes nodes, Revisions revisions) {
        this.nodes = nodes;
        this.revisions = revisions;
    }

    @GetMapping
    Items<Node> list(
            @PathVariable Name site,
            Page page,
            @RequestParam(required = false) @Nullable IpAddress address) {
        return nodes.list(site.text(), page, address);
    }

    @GetMapping("/{node}")
    ResponseEntity<Node> get(@PathVariable Name site, @PathVariable Name node) {
        Node found = nodes.get(site.text(), node.text());
        return Answers.found(found, Objects.requireNonNull(found.revision()));
    }

    @PutMapping("/{node}")
    ResponseEntity<Node> put(
            @PathVariable Name site,
            @PathVariable Name node,
            @RequestBody Node body,
            WriteConditions conditions) {
        return Answers.written(
                revisions.advance(
                        site.text(),
                        conditions,
                        edit -> nodes.put(edit, node.text(), body, conditions)));
    }

    @DeleteMapping("/{node}")
    ResponseEntity<Void> delete(
            @PathVariable Name site, @PathVariable Name node, WriteConditions conditions) {
        return Answers.deleted(
                revisions.remove(
                        site.text(),
                        conditions,
                        edit -> nodes.delete(edit, node.text(), conditions)));
    }

    @PostMapping("/{node}/token")
    Token newToken(@PathVariable Name site, @PathVariable Name node) {
        return nodes.newToken(site.text(), node.text());
    }
}
