package dev.holdfast.control.node;

import dev.holdfast.control.problem.Problem;
import dev.holdfast.control.problem.Refusal;
import dev.holdfast.control.revision.Edit;
import dev.holdfast.wire.Family;
import dev.holdfast.wire.IpAddress;
import java.util.Objects;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// With FOU a load balancer's address is one end of the tunnels to all hosts, and both ends of a
/// tunnel are of one family.
@Component
class TunnelEnds {

    private final JdbcClient jdbc;

    TunnelEnds(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /// @param address the one that a node is to have in a site with FOU
    /// @throws Refusal (409) when no tunnel leads from there to some host that is a backend
    void refuseIfApart(Edit edit, IpAddress address) {
        Family family = address.family();
        jdbc.sql(
                        """
                        select h.name from host h
                        where h.site_id = :site and family(h.address) <> :family
                              and exists (select 1 from backend b where b.host_id = h.id)
                        order by h.name limit 1
                        """)
                .param("site", edit.siteId())
                .param("family", family == Family.IPV4 ? 4 : 6)
                .query((row, _) -> Objects.requireNonNull(row.getString("name")))
                .optional()
                .ifPresent(host -> {
                    Family expected = family == Family.IPV4 ? Family.IPV6 : Family.IPV4;
                    throw new Refusal(
                            Problem.CONFLICT,
                            "address",
                            address.toString(),
                            "an %s address, as that of host %s, a backend: with FOU both ends of a tunnel are of one family"
                                    .formatted(expected, host));
                });
    }
}
