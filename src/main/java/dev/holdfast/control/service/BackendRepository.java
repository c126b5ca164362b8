package dev.holdfast.control.service;

import dev.holdfast.wire.AdminState;
import dev.holdfast.wire.BackendHealth;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.data.domain.Limit;
import org.springframework.data.jpa.repository.JpaRepository;
import org.springframework.data.jpa.repository.Query;

interface BackendRepository extends JpaRepository<BackendEntity, Long> {

    /// A backend with the name of its host.
    record Member(BackendEntity backend, String host) {}

    /// What decides whether a backend serves, and whether it does.
    record Seat(
            long backend,
            String host,
            AdminState adminState,
            BackendHealth.@Nullable State health,
            boolean serving) {

        Serving.Standing standing() {
            return new Serving.Standing(adminState, health);
        }
    }

    Optional<BackendEntity> findByServiceIdAndHostId(long serviceId, long hostId);

    @Query(
            "select b, h.name from BackendEntity b join HostEntity h on h.id = b.hostId"
                    + " where b.serviceId = :serviceId and h.name > :after"
                    + " and (:adminState is null or b.adminState = :adminState) order by h.name")
    List<Member> members(
            long serviceId, String after, @Nullable AdminState adminState, Limit limit);

    @Query(
            "select b.id, h.name, b.adminState, b.health, b.serving"
                    + " from BackendEntity b join HostEntity h on h.id = b.hostId"
                    + " where b.serviceId = :serviceId order by h.name")
    List<Seat> seats(long serviceId);

    /// The hosts of a site that carry any backend, each once for each service.
    @Query("select distinct b.hostId from BackendEntity b where b.serviceId = :serviceId")
    List<Long> hosts(long serviceId);
}
