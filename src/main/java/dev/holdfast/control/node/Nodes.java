package dev.holdfast.control.node;

import dev.holdfast.control.access.AgentRole;
import dev.holdfast.control.access.AgentTokens;
import dev.holdfast.control.database.Where;
import dev.holdfast.control.observed.Observations;
import dev.holdfast.control.problem.Faults;
import dev.holdfast.control.problem.Refusal;
import dev.holdfast.control.revision.Edit;
import dev.holdfast.control.revision.Kind;
import dev.holdfast.control.revision.Lineage;
import dev.holdfast.control.revision.Revisions;
import dev.holdfast.control.revision.WriteConditions;
import dev.holdfast.control.site.MachineAddresses;
import dev.holdfast.control.site.Sites;
import dev.holdfast.control.web.Page;
import dev.holdfast.control.web.Written;
import dev.holdfast.wire.Encapsulation;
import dev.holdfast.wire.IpAddress;
import dev.holdfast.wire.Items;
import dev.holdfast.wire.Node;
import dev.holdfast.wire.Token;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/// Makes, changes and removes nodes, and hands out their agents' tokens.
@Service
public class Nodes {

    private final NodeRepository repository;
    private final Revisions revisions;
    private final Sites sites;
    private final MachineAddresses machines;
    private final AgentTokens tokens;
    private final Observations observations;
    private final Maintenances maintenances;
    private final TunnelEnds tunnelEnds;

    Nodes(
            NodeRepository repository,
            Revisions revisions,
            Sites sites,
            MachineAddresses machines,
            AgentTokens tokens,
            Observations observations,
            Maintenances maintenances,
            TunnelEnds tunnelEnds) {
        this.repository = repository;
        this.revisions = revisions;
        this.sites = sites;
        this.machines = machines;
        this.tokens = tokens;
        this.observations = observations;
        this.maintenances = maintenances;
        this.tunnelEnds = tunnelEnds;
    }

    @Transactional(readOnly = true)
    Node get(String site, String name) {
        Lineage lineage = revisions.of(site);
        Node node = stored(lineage.id(), name).shown();
        return new Node(
                node.name(),
                node.address(),
                observations.nodes(lineage).get(name),
                node.revision(),
                maintenances.shown(lineage, node));
    }

    @Transactional(readOnly = true)
    Items<Node> list(String site, Page page, @Nullable IpAddress address) {
        return page.cut(
                Where.<NodeEntity>of("siteId", revisions.of(site).id())
                        .equal("address", address)
                        .first(page.limit() + 1, "name", page.after(), repository),
                NodeEntity::name,
                NodeEntity::shown);
    }

    /// Creates or replaces a node, as part of an edit.
    public Written<Node> put(Edit edit, String name, Node body, WriteConditions conditions) {
        Optional<NodeEntity> known = repository.findBySiteIdAndName(edit.siteId(), name);
        conditions.check("node " + name, known.map(NodeEntity::revision).orElse(null));
        IpAddress address = address(edit, name, body);
        if (known.isPresent() && known.get().address().equals(address)) {
            return new Written<>(known.get().shown(), known.get().revision(), false);
        }
        machines.refuseIfTaken(edit, "node " + name, address);
        if (sites.settings(edit).kind() == Encapsulation.Kind.FOU) {
            tunnelEnds.refuseIfApart(edit, address);
        }
        NodeEntity node =
                known.isPresent()
                        ? known.get()
                        : new NodeEntity(edit.siteId(), name, address, edit.next());
        node.move(address, edit.next());
        repository.saveAndFlush(node);
        edit.changed(Kind.NODE, name, node.shown());
        return new Written<>(node.shown(), edit.next(), known.isEmpty());
    }

    /// Removes a node and its agent's token, as part of an edit.
    public void delete(Edit edit, String name, WriteConditions conditions) {
        NodeEntity node = stored(edit.siteId(), name);
        conditions.check("node " + name, node.revision());
        tokens.withdraw(edit.siteId(), AgentRole.NODE, name);
        repository.delete(node);
        repository.flush();
        edit.removed(Kind.NODE, name);
    }

    /// A new token for a node's agent; the one before it stops.
    Token newToken(String site, String name) {
        return revisions.advance(
                site,
                WriteConditions.NONE,
                edit -> {
                    stored(edit.siteId(), name);
                    return new Token(tokens.issue(edit.siteId(), AgentRole.NODE, name));
                });
    }

    private IpAddress address(Edit edit, String name, Node body) {
        Faults faults = new Faults();
        faults.sameName(name, body.name());
        machines.check(sites.settings(edit), body.address(), faults);
        faults.refuseIfAny();
        return Objects.requireNonNull(body.address());
    }

    private NodeEntity stored(long siteId, String name) {
        return repository
                .findBySiteIdAndName(siteId, name)
                .orElseThrow(() -> Refusal.notFound("node " + name));
    }
}
