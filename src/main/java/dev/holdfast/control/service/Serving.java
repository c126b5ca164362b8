package dev.holdfast.control.service;

import dev.holdfast.wire.AdminState;
import dev.holdfast.wire.BackendHealth;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Decides which backends of a service get new connections. The one place that does.
///
/// PERSON-WINS: only an ENABLED backend ever serves, also when the service fails open. One that has
/// never passed does not serve either, and does not count as lost: nobody relied on it yet.
record Serving(boolean failsOpen) {

    /// Share of the backends that must be up where nothing else was asked for.
    static final int PANIC_PERCENT = 50;

    /// How a backend stands: what a person wants, and what automation found.
    ///
    /// @param health null where nobody asks: taken to be up
    record Standing(AdminState wanted, BackendHealth.@Nullable State health) {

        private boolean counts() {
            return wanted == AdminState.ENABLED && health != BackendHealth.State.UNTRIED;
        }

        private boolean well() {
            return counts() && health != BackendHealth.State.DOWN;
        }
    }

    /// @param all backends of one service
    /// @param panicPercent of those that count, this share must be well
    static Serving of(List<Standing> all, int panicPercent) {
        long counting = all.stream().filter(Standing::counts).count();
        long well = all.stream().filter(Standing::well).count();
        return new Serving(well * 100 < counting * panicPercent);
    }

    boolean serves(Standing one) {
        return failsOpen ? one.counts() : one.well();
    }
}
