package dev.holdfast.control.observed;

import dev.holdfast.wire.Failure;
import dev.holdfast.wire.Observed;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The last report of one machine, as far as `status` shows it. All but `name` is null for a
/// machine that was never heard from.
record Heard(
        String name,
        @Nullable Instant at,
        boolean lost,
        @Nullable String epoch,
        @Nullable Long appliedRevision,
        @Nullable Long refusedRevision,
        @Nullable String why,
        List<Failure> failures,
        String tables,
        @Nullable Integer announced) {

    /// Whether what it runs is of the site's present epoch.
    boolean runs(String siteEpoch) {
        return appliedRevision != null && (epoch == null || epoch.equals(siteEpoch));
    }

    /// @param agreement null: nothing can be said
    Observed shown(String siteEpoch, Agreement.@Nullable Verdict agreement) {
        return new Observed(
                name,
                appliedRevision,
                epoch == null || epoch.equals(siteEpoch) ? null : epoch,
                at,
                lost,
                agreement == null ? null : Boolean.valueOf(agreement.agrees()),
                agreement == null || agreement.agrees() ? null : agreement.differs(),
                refusedRevision,
                why,
                failures,
                announced);
    }
}
