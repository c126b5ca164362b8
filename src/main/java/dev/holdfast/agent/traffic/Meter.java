package dev.holdfast.agent.traffic;

import dev.holdfast.agent.kernel.KernelException;
import dev.holdfast.agent.kernel.Traffic;
import java.util.List;

/// Where counters are read.
@FunctionalInterface
public interface Meter {

    /// All destinations of all services of TCP and UDP, ours or not.
    List<Traffic> read() throws KernelException;
}
