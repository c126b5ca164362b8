package dev.holdfast.control.migration;

import static dev.holdfast.wire.MigrationStage.CANARY;
import static dev.holdfast.wire.MigrationStage.LEGACY;
import static dev.holdfast.wire.MigrationStage.LIVE;
import static dev.holdfast.wire.MigrationStage.SHADOW;
import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.wire.MigrationStage;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class TransitionsTest {

    @Test
    void oneStepForwardAndAnyNumberBack() {
        assertThat(table(true))
                .isEqualTo(
                        Map.of(
                                LEGACY, EnumSet.of(LEGACY, SHADOW),
                                SHADOW, EnumSet.of(LEGACY, SHADOW, CANARY),
                                CANARY, EnumSet.allOf(MigrationStage.class),
                                LIVE, EnumSet.allOf(MigrationStage.class)));
    }

    @Test
    void withNobodyToGiveTheRestToThereIsNoCanaryInBetween() {
        assertThat(table(false).get(SHADOW)).isEqualTo(EnumSet.allOf(MigrationStage.class));
        assertThat(table(false).get(LEGACY)).isEqualTo(EnumSet.of(LEGACY, SHADOW));
    }

    private static Map<MigrationStage, Set<MigrationStage>> table(boolean hasOld) {
        Map<MigrationStage, Set<MigrationStage>> table = new EnumMap<>(MigrationStage.class);
        for (MigrationStage from : MigrationStage.values()) {
            Set<MigrationStage> next = EnumSet.noneOf(MigrationStage.class);
            Arrays.stream(MigrationStage.values())
                    .filter(to -> Transitions.allow(from, to, hasOld))
                    .forEach(next::add);
            table.put(from, next);
        }
        return table;
    }
}
