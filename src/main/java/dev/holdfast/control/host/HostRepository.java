package dev.holdfast.control.host;

import dev.holdfast.wire.IpAddress;
import java.util.List;
import java.util.Optional;
import org.springframework.data.jpa.repository.JpaRepository;
import org.springframework.data.jpa.repository.JpaSpecificationExecutor;

interface HostRepository
        extends JpaRepository<HostEntity, Long>, JpaSpecificationExecutor<HostEntity> {

    Optional<HostEntity> findBySiteIdAndName(long siteId, String name);

    Optional<HostEntity> findBySiteIdAndAddress(long siteId, IpAddress address);

    List<HostEntity> findBySiteIdOrderByName(long siteId);
}
