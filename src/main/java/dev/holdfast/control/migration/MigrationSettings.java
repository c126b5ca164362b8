package dev.holdfast.control.migration;

import dev.holdfast.wire.IpAddress;
import dev.holdfast.wire.MigrationStage;
import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What is asked of a migration, with every default filled in.
///
/// @param percent for CANARY alone, in its shortest form
/// @param legacyHosts each once, in the order given
record MigrationSettings(
        MigrationStage stage, @Nullable BigDecimal percent, List<IpAddress> legacyHosts) {}
