package dev.holdfast.agent.reconcile;

import dev.holdfast.maglev.TableSize;
import dev.holdfast.wire.Destination;
import dev.holdfast.wire.Failure;
import dev.holdfast.wire.ServiceState;
import java.util.List;
import java.util.Optional;

/// What of a service fits into the kernel's table.
///
/// The kernel says yes to the destination that is one too many, and goes on with the table it had:
/// nothing would change there any more. So the newest ones are left out, the same wherever the
/// tables have the same size.
public final class Fitting {

    private Fitting() {}

    /// The destinations to ask the kernel for, oldest first.
    public static List<Destination> of(ServiceState service, TableSize size) {
        List<Destination> all = service.destinations();
        return all.size() > size.slots() ? all.subList(0, size.slots()) : all;
    }

    /// Why not all of them; empty when they are all.
    static Optional<Failure> failure(ServiceState service, TableSize size) {
        int most = size.slots();
        int count = service.destinations().size();
        return count > most
                ? Optional.of(
                        new Failure(
                                "service " + service.name(),
                                "add the newest %d destinations".formatted(count - most),
                                "%d destinations (expected: at most %d, the slots of the kernel's table)"
                                        .formatted(count, most)))
                : Optional.empty();
    }
}
