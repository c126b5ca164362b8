package dev.holdfast.control.service;

import java.util.List;
import java.util.Optional;
import org.springframework.data.jpa.repository.JpaRepository;
import org.springframework.data.jpa.repository.JpaSpecificationExecutor;
import org.springframework.data.jpa.repository.Query;

interface ServiceRepository
        extends JpaRepository<ServiceEntity, Long>, JpaSpecificationExecutor<ServiceEntity> {

    Optional<ServiceEntity> findBySiteIdAndName(long siteId, String name);

    List<ServiceEntity> findBySiteIdOrderByName(long siteId);

    List<ServiceEntity> findByVipIdOrderByName(long vipId);

    @Query(
            "from ServiceEntity s where s.id in"
                    + " (select b.serviceId from BackendEntity b where b.hostId = :hostId)"
                    + " order by s.name")
    List<ServiceEntity> withBackend(long hostId);
}
