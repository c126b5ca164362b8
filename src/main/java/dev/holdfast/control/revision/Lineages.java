package dev.holdfast.control.revision;

import jakarta.persistence.LockModeType;
import java.util.Optional;
import org.springframework.data.jpa.repository.JpaRepository;
import org.springframework.data.jpa.repository.Lock;
import org.springframework.data.jpa.repository.Query;

interface Lineages extends JpaRepository<Lineage, Long> {

    Optional<Lineage> findBySite(String site);

    /// COMMIT-ORDER: whoever holds this lock makes the next revision.
    @Lock(LockModeType.PESSIMISTIC_WRITE)
    @Query("from Lineage where site = :site")
    Optional<Lineage> lock(String site);
}
