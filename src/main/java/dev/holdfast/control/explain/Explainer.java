package dev.holdfast.control.explain;

import dev.holdfast.control.problem.Problem;
import dev.holdfast.control.problem.Refusal;
import dev.holdfast.control.revision.Lineage;
import dev.holdfast.control.revision.Revisions;
import dev.holdfast.maglev.Destination;
import dev.holdfast.maglev.Table;
import dev.holdfast.maglev.Walk;
import dev.holdfast.wire.Affinity;
import dev.holdfast.wire.Explanation;
import dev.holdfast.wire.Prefix;
import dev.holdfast.wire.Protocol;
import dev.holdfast.wire.ServicePort;
import java.net.InetAddress;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/// Follows one client through the table of one service at one revision.
@Service
public class Explainer {

    private final Revisions revisions;
    private final Recollection recollection;
    private final Recently recently = new Recently();
    private final JdbcClient jdbc;

    Explainer(Revisions revisions, Recollection recollection, JdbcClient jdbc) {
        this.revisions = revisions;
        this.recollection = recollection;
        this.jdbc = jdbc;
    }

    /// @throws Refusal (400) when the question cannot be answered, (404) when there was no such
    ///   service
    @Transactional(readOnly = true)
    public Explanation explain(String site, String name, Question question) {
        Client client = Client.parse(question.client());
        Lineage lineage = revisions.of(site);
        long revision = question.revision() == null ? lineage.revision() : question.revision();
        if (revision < 1 || revision > lineage.revision()) {
            throw new Refusal(
                    Problem.INVALID,
                    "revision",
                    Long.toString(revision),
                    "1 to " + lineage.revision() + ", the newest");
        }
        ServiceThen then =
                recently.or(
                        new Recently.Key(lineage.id(), lineage.epoch(), name, revision),
                        () -> recollection.service(lineage.id(), site, name, revision));
        if (client.address().family() != then.vip().family()) {
            throw new Refusal(
                    Problem.INVALID,
                    "client",
                    client.toString(),
                    "an " + then.vip().family() + " client, as the VIP " + then.vip());
        }
        ServicePort port = port(then, question);
        return explanation(then, port, client, revision, nodes(lineage, revision));
    }

    private static ServicePort port(ServiceThen then, Question question) {
        List<ServicePort> ports = Objects.requireNonNull(then.service().ports());
        List<ServicePort> matching =
                ports.stream()
                        .filter(p ->
                                question.protocol() == null || p.protocol() == question.protocol())
                        .filter(p -> question.port() == null || question.port().equals(p.port()))
                        .toList();
        if (matching.size() == 1) {
            return matching.getFirst();
        }
        String known =
                ports.stream()
                        .map(p -> p.protocol() + " " + p.port())
                        .collect(Collectors.joining(", "));
        throw new Refusal(
                Problem.INVALID,
                "port",
                matching.isEmpty() ? "none of the service's ports" : "nothing that names one port",
                "protocol and port of one of: " + known);
    }

    private static Explanation explanation(
            ServiceThen then, ServicePort port, Client client, long revision, List<String> nodes) {
        int servicePort = Objects.requireNonNull(port.port());
        Table table = then.table(servicePort);
        InetAddress address = client.address().toInetAddress();
        int key =
                then.service().affinity() == Affinity.CLIENT_ADDRESS
                        ? then.family().key(address)
                        : then.family().key(address, client.port());
        Walk walk = table.walk(key);
        List<Prefix> sources = then.service().allowedSources();
        boolean allowed =
                sources == null || sources.stream().anyMatch(s -> s.contains(client.address()));
        String owner = text(table, walk.owner());
        String destination = text(table, walk.destination());
        var reached = walk.destination() < 0 ? null : then.member(walk.destination());
        return new Explanation(
                Objects.requireNonNull(then.service().name()),
                revision,
                then.vip(),
                Objects.requireNonNull(port.protocol()),
                servicePort,
                client.toString(),
                allowed,
                Integer.toUnsignedLong(walk.hash()),
                walk.slot(),
                owner,
                walk.owner() != walk.destination(),
                walk.tries(),
                destination,
                reached == null ? null : reached.host(),
                reached == null ? null : side(reached),
                nodes,
                Sentence.of(then, walk, client, revision, allowed));
    }

    private static Explanation.Side side(dev.holdfast.wire.Destination reached) {
        return reached.host() == null ? Explanation.Side.LEGACY : Explanation.Side.BACKENDS;
    }

    private static @Nullable String text(Table table, int index) {
        if (index < 0) {
            return null;
        }
        Destination destination = table.destinations().get(index);
        return dev.holdfast.wire.IpAddress.of(destination.address()) + ":" + destination.port();
    }

    private List<String> nodes(Lineage lineage, long revision) {
        return jdbc.sql(
                        """
                        select n.name from node n join report r on r.node_id = n.id
                        where n.site_id = :site
                            and r.epoch = :epoch and r.applied_revision = :revision
                        order by n.name
                        """)
                .param("site", lineage.id())
                .param("epoch", lineage.epoch().toString())
                .param("revision", revision)
                .query((row, _) -> Objects.requireNonNull(row.getString("name")))
                .list();
    }

    /// What is asked.
    ///
    /// @param protocol needed, with `port`, when the service has several ports
    /// @param revision null for the newest
    public record Question(
            String client,
            @Nullable Protocol protocol,
            @Nullable Integer port,
            @Nullable Long revision) {}
}
