package dev.holdfast.agent.report;

import dev.holdfast.agent.watch.DesiredState;
import dev.holdfast.agent.watch.HostDesired;
import dev.holdfast.agent.watch.NodeDesired;
import dev.holdfast.maglev.TableSize;
import dev.holdfast.wire.Failure;
import java.util.Optional;

/// A kernel that was built with Maglev tables of another size than the usual one.
///
/// Its flows go elsewhere than those of other load balancers, and elsewhere than the control plane
/// computes. No step can cure that, so it is told in every report.
final class OtherSize {

    private static final String RESOURCE = "Maglev tables";

    private OtherSize() {}

    /// What to tell; empty where the size is the usual one, and where nothing is looked up in a
    /// table.
    static Optional<Failure> failure(DesiredState state, TableSize size) {
        return size == TableSize.DEFAULT || !hasTables(state)
                ? Optional.empty()
                : Optional.of(
                        new Failure(
                                RESOURCE,
                                "agree with other machines",
                                "the kernel's Maglev table has %d slots (expected: %d, %s=%d)"
                                        .formatted(
                                                size.slots(),
                                                TableSize.DEFAULT.slots(),
                                                "CONFIG_IP_VS_MH_TAB_INDEX",
                                                TableSize.DEFAULT.index())));
    }

    /// Whether this failure is that one, which says nothing of what the kernel was brought to.
    static boolean is(Failure failure) {
        return failure.resource().equals(RESOURCE);
    }

    /// A backend host has some when it gives packets a second chance.
    private static boolean hasTables(DesiredState state) {
        return switch (state) {
            case NodeDesired _ -> true;
            case HostDesired host ->
                    host.services().sorted().values().stream()
                            .anyMatch(service -> !service.chances().isEmpty());
        };
    }
}
