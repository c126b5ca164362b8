package dev.holdfast.control.migration;

import dev.holdfast.wire.MigrationStage;
import java.util.Arrays;
import java.util.List;

/// Which stage may follow which: one step forward, any number back.
public final class Transitions {

    private Transitions() {}

    /// @param hasOld whether there are old load balancers, so that a share can be tried out first
    static boolean allow(MigrationStage from, MigrationStage to, boolean hasOld) {
        return switch (from) {
            case LEGACY -> to == MigrationStage.LEGACY || to == MigrationStage.SHADOW;
            case SHADOW -> to != MigrationStage.LIVE || !hasOld;
            case CANARY, LIVE -> true;
        };
    }

    /// All that may follow a stage, itself among them.
    public static List<MigrationStage> from(MigrationStage from, boolean hasOld) {
        return Arrays.stream(MigrationStage.values())
                .filter(to -> allow(from, to, hasOld))
                .toList();
    }

    /// The step forward from a stage, in words.
    static String after(MigrationStage from, boolean hasOld) {
        return switch (from) {
            case LEGACY -> "LEGACY or SHADOW";
            case SHADOW -> hasOld ? "CANARY, or a step back" : "CANARY or LIVE, or a step back";
            case CANARY, LIVE -> "any";
        };
    }
}
