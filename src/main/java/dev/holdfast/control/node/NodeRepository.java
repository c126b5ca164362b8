package dev.holdfast.control.node;

import dev.holdfast.wire.IpAddress;
import java.util.List;
import java.util.Optional;
import org.springframework.data.jpa.repository.JpaRepository;
import org.springframework.data.jpa.repository.JpaSpecificationExecutor;

interface NodeRepository
        extends JpaRepository<NodeEntity, Long>, JpaSpecificationExecutor<NodeEntity> {

    Optional<NodeEntity> findBySiteIdAndName(long siteId, String name);

    Optional<NodeEntity> findBySiteIdAndAddress(long siteId, IpAddress address);

    List<NodeEntity> findBySiteIdOrderByName(long siteId);
}
