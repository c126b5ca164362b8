package dev.holdfast.control.service;

import java.util.Collection;
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

    boolean existsBySiteIdAndMaxCollateralPercentNotNull(long siteId);

    @Query(
            "select new dev.holdfast.control.service.ServiceLimit(s.name, s.maxCollateralPercent)"
                    + " from ServiceEntity s where s.siteId = :siteId"
                    + " and s.maxCollateralPercent is not null and s.name in :names")
    List<ServiceLimit> limits(long siteId, Collection<String> names);

    @Query(
            "from ServiceEntity s where s.id in"
                    + " (select b.serviceId from BackendEntity b where b.hostId = :hostId)"
                    + " order by s.name")
    List<ServiceEntity> withBackend(long hostId);
}
