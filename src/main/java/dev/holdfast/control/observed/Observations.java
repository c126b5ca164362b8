package dev.holdfast.control.observed;

import dev.holdfast.control.access.AgentRole;
import dev.holdfast.control.revision.Lineage;
import dev.holdfast.control.revision.Revisions;
import dev.holdfast.wire.Observed;
import dev.holdfast.wire.Status;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/// Reads what agents last said of their machines.
@Component
public class Observations {

    private final Revisions revisions;
    private final HeardReader reader;
    private final TransactionTemplate snapshot;

    Observations(Revisions revisions, HeardReader reader, PlatformTransactionManager transactions) {
        this.revisions = revisions;
        this.reader = reader;
        snapshot = new TransactionTemplate(transactions);
        snapshot.setIsolationLevel(TransactionDefinition.ISOLATION_REPEATABLE_READ);
        snapshot.setReadOnly(true);
    }

    /// All machines of a site, in the order of their names, heard from or not.
    public Status status(String site) {
        return Objects.requireNonNull(
                snapshot.execute(_ -> {
                    Lineage lineage = revisions.of(site);
                    String epoch = lineage.epoch().toString();
                    List<Heard> nodes = reader.all(lineage.id(), AgentRole.NODE);
                    Map<String, Agreement.Verdict> agreement = agreement(lineage, nodes);
                    List<Heard> hosts = reader.all(lineage.id(), AgentRole.HOST);
                    return new Status(
                            site,
                            epoch,
                            lineage.revision(),
                            agree(epoch, nodes, agreement),
                            shown(lineage, nodes, agreement),
                            shown(lineage, hosts, Map.of()));
                }));
    }

    /// What is shown of each load balancer, by name. In the caller's transaction, if there is one.
    public Map<String, Observed> nodes(Lineage site) {
        List<Heard> nodes = reader.all(site.id(), AgentRole.NODE);
        return byName(shown(site, nodes, agreement(site, nodes)));
    }

    /// What is shown of each backend host, by name. In the caller's transaction, if there is one.
    public Map<String, Observed> hosts(Lineage site) {
        return byName(shown(site, reader.all(site.id(), AgentRole.HOST), Map.of()));
    }

    /// As [#hosts], of one; empty when there is no such host.
    public Optional<Observed> host(Lineage site, String name) {
        return reader.one(site.id(), AgentRole.HOST, name)
                .map(heard -> heard.shown(site.epoch().toString(), null));
    }

    private static Map<String, Observed> byName(List<Observed> all) {
        return all.stream().collect(Collectors.toMap(Observed::name, Function.identity()));
    }

    private static List<Observed> shown(
            Lineage site, List<Heard> all, Map<String, Agreement.Verdict> agreement) {
        String epoch = site.epoch().toString();
        return all.stream().map(heard -> heard.shown(epoch, agreement.get(heard.name()))).toList();
    }

    /// Of those that are heard from: one that fell silent cannot keep the others from agreeing.
    private static @Nullable Boolean agree(
            String epoch, List<Heard> nodes, Map<String, Agreement.Verdict> agreement) {
        List<Heard> heard =
                nodes.stream().filter(node -> node.at() != null && !node.lost()).toList();
        if (heard.stream().anyMatch(node -> differs(agreement.get(node.name())))) {
            return false;
        }
        if (heard.isEmpty() || !heard.stream().allMatch(node -> node.runs(epoch))) {
            return null;
        }
        return heard.stream().map(Heard::tables).distinct().count() == 1 ? true : null;
    }

    private static boolean differs(Agreement.@Nullable Verdict verdict) {
        return verdict != null && !verdict.agrees();
    }

    private Map<String, Agreement.Verdict> agreement(Lineage site, List<Heard> nodes) {
        String epoch = site.epoch().toString();
        List<Agreement.Voice> voices =
                nodes.stream()
                        .filter(heard -> heard.runs(epoch))
                        .map(heard ->
                                new Agreement.Voice(
                                        heard.name(),
                                        Objects.requireNonNull(heard.appliedRevision()),
                                        Objects.requireNonNull(heard.tables())))
                        .toList();
        return Agreement.of(voices, names -> reader.tables(site.id(), names));
    }
}
