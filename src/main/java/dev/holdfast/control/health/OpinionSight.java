package dev.holdfast.control.health;

import dev.holdfast.control.service.BackendSight;
import dev.holdfast.control.service.KnownService;
import dev.holdfast.wire.Backend;
import dev.holdfast.wire.HealthOpinion;
import dev.holdfast.wire.Probers;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// Shows which load balancer says what of a backend that is probed: those chosen to probe it, and
/// others that still hold an opinion.
@Component
class OpinionSight implements BackendSight {

    private final JdbcClient jdbc;
    private final Opinions opinions;
    private final Cases cases;

    OpinionSight(JdbcClient jdbc, Opinions opinions, Cases cases) {
        this.jdbc = jdbc;
        this.opinions = opinions;
        this.cases = cases;
    }

    @Override
    public void addTo(KnownService service, Map<Long, Backend> shown) {
        Long site =
                jdbc.sql("select site_id from service where id = ? and health_check is not null")
                        .param(service.id())
                        .query(Long.class)
                        .optional()
                        .orElse(null);
        if (site == null) {
            return;
        }
        Map<String, Boolean> nodes = cases.nodes(site);
        Map<Long, List<Opinion>> held = opinions.of(shown.keySet());
        shown.replaceAll((id, backend) ->
                backend.withOpinions(
                        of(
                                new TreeSet<>(
                                        Probers.of(String.valueOf(backend.host()), nodes.keySet())),
                                held.getOrDefault(id, List.of()),
                                nodes)));
    }

    private static List<HealthOpinion> of(
            Set<String> probers, List<Opinion> held, Map<String, Boolean> nodes) {
        List<HealthOpinion> all = new ArrayList<>();
        for (Opinion one : held) {
            boolean counts =
                    probers.remove(one.node()) && Boolean.TRUE.equals(nodes.get(one.node()));
            all.add(new HealthOpinion(one.node(), one.up(), one.why(), one.since(), counts));
        }
        for (String silent : probers) {
            all.add(new HealthOpinion(silent, null, "has said nothing yet", null, false));
        }
        return all;
    }
}
