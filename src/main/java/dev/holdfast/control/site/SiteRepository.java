package dev.holdfast.control.site;

import java.util.List;
import org.springframework.data.domain.Limit;
import org.springframework.data.jpa.repository.JpaRepository;
import org.springframework.data.jpa.repository.Query;

interface SiteRepository extends JpaRepository<SiteEntity, Long> {

    @Query("select site from Lineage where site > :after order by site")
    List<String> names(String after, Limit limit);
}
