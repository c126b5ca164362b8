package dev.holdfast.control.node;

import dev.holdfast.control.observed.Announcing;
import dev.holdfast.control.problem.Few;
import dev.holdfast.control.problem.Refusal;
import dev.holdfast.control.revision.Edit;
import java.util.List;
import java.util.Objects;
import java.util.TreeSet;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// Keeps a person from taking out the last load balancer that a VIP has.
///
/// Where agents report what they announce, that counts. A node that is silent, or whose agent does
/// not announce, may still carry any VIP: for it, some other node must be there at all.
@Component
class LastAnnouncer {

    private final JdbcClient jdbc;

    LastAnnouncer(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /// @param all the site's load balancers
    /// @throws Refusal (409) when no other node would announce what this one does
    void refuseToLose(Edit edit, String name, List<Announcing> all) {
        Announcing leaving =
                all.stream().filter(one -> one.node().equals(name)).findFirst().orElseThrow();
        List<Announcing> others = all.stream().filter(one -> !one.equals(leaving)).toList();
        TreeSet<String> lost = new TreeSet<>();
        if (leaving.inService() && !leaving.vips().isEmpty()) {
            lost.addAll(leaving.vips());
            others.stream().filter(Announcing::inService).forEach(o -> lost.removeAll(o.vips()));
        } else if (others.stream().noneMatch(other -> mayTakeOver(leaving, other))) {
            lost.addAll(carried(edit.siteId()));
        }
        Few.of("VIP", List.copyOf(lost))
                .ifPresent(vips -> {
                    throw Refusal.conflict(
                            "node %s is the last that announces %s: bring another node back first, or repeat with ?force=true"
                                    .formatted(name, vips));
                });
    }

    /// Of a node that nothing is known of, no more is asked than of the one that leaves.
    private static boolean mayTakeOver(Announcing leaving, Announcing other) {
        return leaving.inService() ? other.inService() : !other.inMaintenance();
    }

    private List<String> carried(long siteId) {
        return jdbc.sql(
                        """
                        select v.name from vip v
                        where v.site_id = :site and exists (
                            select 1 from service s where s.vip_id = v.id)
                        order by v.name
                        """)
                .param("site", siteId)
                .query((row, _) -> Objects.requireNonNull(row.getString("name")))
                .list();
    }
}
