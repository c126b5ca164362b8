package dev.holdfast.control.address;

import dev.holdfast.wire.IpAddress;
import java.util.List;
import java.util.Optional;
import org.springframework.data.jpa.repository.JpaRepository;
import org.springframework.data.jpa.repository.JpaSpecificationExecutor;

interface VipRepository
        extends JpaRepository<VipEntity, Long>, JpaSpecificationExecutor<VipEntity> {

    Optional<VipEntity> findBySiteIdAndName(long siteId, String name);

    Optional<VipEntity> findBySiteIdAndAddress(long siteId, IpAddress address);

    List<VipEntity> findBySiteIdOrderByName(long siteId);
}
