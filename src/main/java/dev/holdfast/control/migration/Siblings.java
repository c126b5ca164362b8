package dev.holdfast.control.migration;

import dev.holdfast.control.revision.Edit;
import dev.holdfast.control.service.KnownService;
import dev.holdfast.control.service.Services;
import dev.holdfast.wire.MigrationStage;
import java.util.List;
import org.springframework.stereotype.Component;

/// Services that share a VIP. Routers know VIPs and not ports: once a VIP is announced for one of
/// them, the packets of all come here, and those at LEGACY or SHADOW must be forwarded.
@Component
class Siblings {

    private final Services services;
    private final MigrationStore store;

    Siblings(Services services, MigrationStore store) {
        this.services = services;
        this.store = store;
    }

    /// Whether another service brings the VIP's packets here.
    boolean bringPackets(KnownService service) {
        return services.onVip(service.vipId()).stream()
                .filter(other -> other.id() != service.id())
                .anyMatch(other -> store.course(other.id()).announces());
    }

    /// Lets the services of a VIP forward, or stop doing so, after one of them changed.
    ///
    /// @param goes the id of one that is about to go, or -1
    /// @throws dev.holdfast.control.problem.Refusal (409) when one would get packets and knows no
    ///   old load balancer to forward them to
    void settle(Edit edit, long vipId, long goes) {
        List<KnownService> there =
                services.onVip(vipId).stream().filter(one -> one.id() != goes).toList();
        for (KnownService one : there) {
            Course course = store.course(one.id());
            boolean waits =
                    course.stage() == MigrationStage.LEGACY
                            || course.stage() == MigrationStage.SHADOW;
            boolean forwards =
                    waits
                            && there.stream()
                                    .filter(other -> other.id() != one.id())
                                    .anyMatch(other -> store.course(other.id()).announces());
            if (forwards != course.forwards()) {
                store.write(edit, one, forwarding(course, forwards), null);
            }
        }
    }

    private static Course forwarding(Course course, boolean forwards) {
        return new Course(course.stage(), course.legacy(), course.backendWeight(), forwards);
    }
}
