package dev.holdfast.control.migration;

import dev.holdfast.control.observed.Observations;
import dev.holdfast.control.revision.Edit;
import dev.holdfast.control.revision.Revisions;
import dev.holdfast.control.service.Backends;
import dev.holdfast.control.web.Page;
import dev.holdfast.wire.AdminState;
import dev.holdfast.wire.Backend;
import dev.holdfast.wire.BackendHealth;
import dev.holdfast.wire.Observed;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/// What must hold for a schedule to go on: health, agreement of tables, no errors.
@Component
class Bounds {

    /// How the site stands.
    sealed interface Verdict {

        /// All is well, and all of it is live.
        record Within() implements Verdict {}

        /// Nothing is wrong; something is on its way.
        record Waits(String why) implements Verdict {}

        /// Something is wrong.
        record Broken(String why) implements Verdict {}
    }

    private final Backends backends;
    private final Observations observations;
    private final Revisions revisions;

    Bounds(Backends backends, Observations observations, Revisions revisions) {
        this.backends = backends;
        this.observations = observations;
        this.revisions = revisions;
    }

    /// @param since revision of the migration's last change
    Verdict of(Edit edit, String service, long since) {
        List<Backend> enabled =
                backends.list(edit.site(), service, Page.ALL, AdminState.ENABLED).items();
        Collection<Observed> nodes = observations.nodes(revisions.of(edit.site())).values();
        Optional<String> broken =
                Stream.of(unhealthy(enabled), disagreeing(nodes), failing(nodes))
                        .flatMap(Optional::stream)
                        .findFirst();
        if (broken.isPresent()) {
            return new Verdict.Broken(broken.get());
        }
        Optional<String> waits =
                Stream.of(unproven(enabled), behind(nodes, since))
                        .flatMap(Optional::stream)
                        .findFirst();
        return waits.isPresent() ? new Verdict.Waits(waits.get()) : new Verdict.Within();
    }

    private static Optional<String> unhealthy(List<Backend> enabled) {
        for (Backend one : enabled) {
            BackendHealth health = one.health();
            if (health != null && health.state() == BackendHealth.State.DOWN) {
                return Optional.of("backend %s is down: %s".formatted(one.host(), health.why()));
            }
        }
        return Optional.empty();
    }

    private static Optional<String> disagreeing(Collection<Observed> nodes) {
        return nodes.stream()
                .filter(node -> !node.lost() && Boolean.FALSE.equals(node.agrees()))
                .map(node -> "the tables of node %s differ from the others'".formatted(node.name()))
                .sorted()
                .findFirst();
    }

    private static Optional<String> failing(Collection<Observed> nodes) {
        return nodes.stream()
                .filter(node -> !node.lost())
                .filter(node -> !node.failures().isEmpty() || node.refusedRevision() != null)
                .map(node ->
                        node.failures().isEmpty()
                                ? "node %s refuses revision %d: %s"
                                        .formatted(node.name(), node.refusedRevision(), node.why())
                                : "node %s fails: %s"
                                        .formatted(node.name(), node.failures().getFirst()))
                .sorted()
                .findFirst();
    }

    private static Optional<String> unproven(List<Backend> enabled) {
        return enabled.stream()
                .filter(one -> !Boolean.TRUE.equals(one.serving()))
                .findFirst()
                .map(one -> "backend %s does not serve yet".formatted(one.host()));
    }

    private static Optional<String> behind(Collection<Observed> nodes, long since) {
        List<Observed> heard =
                nodes.stream().filter(node -> !node.lost() && node.heardAt() != null).toList();
        if (heard.isEmpty()) {
            return Optional.of("no load balancer is heard from");
        }
        return heard.stream()
                .filter(node ->
                        node.epoch() != null
                                || node.appliedRevision() == null
                                || node.appliedRevision() < since)
                .map(node -> "node %s does not have revision %d yet".formatted(node.name(), since))
                .sorted()
                .findFirst();
    }
}
