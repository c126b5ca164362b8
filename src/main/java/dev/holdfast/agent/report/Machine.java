package dev.holdfast.agent.report;

import dev.holdfast.agent.kernel.KernelBuild;
import dev.holdfast.maglev.TableSize;
import dev.holdfast.wire.Report;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What this machine is.
public final class Machine {

    private Machine() {}

    /// @param tableSize of its kernel's Maglev tables, where that is known
    /// @param announces whether the agent knows where to announce VIPs; null on backend hosts
    public static Report.Facts facts(Optional<TableSize> tableSize, @Nullable Boolean announces) {
        return new Report.Facts(
                KernelBuild.here().release().orElse(null),
                tableSize.map(TableSize::slots).orElse(null),
                agentVersion(),
                announces);
    }

    /// Of the jar that runs.
    public static String agentVersion() {
        Package ours = Machine.class.getPackage();
        String version = ours == null ? null : ours.getImplementationVersion();
        return version == null ? "unpackaged" : version;
    }
}
