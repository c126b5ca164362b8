package dev.holdfast.control.explain;

import dev.holdfast.control.problem.Refusal;
import dev.holdfast.control.revision.Lineage;
import dev.holdfast.control.revision.Revisions;
import dev.holdfast.maglev.Share;
import dev.holdfast.maglev.Shares;
import dev.holdfast.wire.IpAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/// Says what part of a service's flows each backend gets, by the exact table.
@Component
public class Spread {

    private final Revisions revisions;
    private final Recollection recollection;

    Spread(Revisions revisions, Recollection recollection) {
        this.revisions = revisions;
        this.recollection = recollection;
    }

    /// Of the table of the service's first port, at the newest revision: the port is hashed too, so
    /// those of its other ports are as even, but not the same.
    ///
    /// @return oldest destination first
    /// @throws Refusal (404) when there is no such service
    @Transactional(readOnly = true)
    public List<Portion> of(String site, String service) {
        Lineage lineage = revisions.of(site);
        ServiceThen now = recollection.service(lineage.id(), site, service, lineage.revision());
        int port =
                Objects.requireNonNull(
                        Objects.requireNonNull(now.service().ports()).getFirst().port());
        List<Share> shares = Shares.of(now.table(port)).destinations();
        List<Portion> portions = new ArrayList<>(shares.size());
        for (int i = shares.size() - 1; i >= 0; i--) {
            Share share = shares.get(i);
            portions.add(
                    new Portion(
                            now.member(i).host(),
                            now.member(i).address(),
                            share.slots(),
                            share.owned(),
                            share.real()));
        }
        return portions;
    }

    /// What one destination gets.
    ///
    /// @param host its host's name; null: an old load balancer
    /// @param address that the table hashes
    /// @param slots of the table that it owns, serving or not
    /// @param owned the same as a share of all slots, 0 to 1
    /// @param real share of the flows: 0 while it does not serve, and more than `owned` while
    ///   another does not
    public record Portion(
            @Nullable String host, IpAddress address, int slots, double owned, double real) {}
}
