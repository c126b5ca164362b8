package dev.holdfast.agent.kernel;

import dev.holdfast.maglev.TableSize;
import dev.holdfast.wire.Prefix;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// What the agent sees of the kernel, and how it changes it.
///
/// Of links, routes and addresses only those with our [Marks] are seen, but for
/// [#foreignAddresses()]. Of IPVS all services of TCP, UDP and firewall marks are seen: which are
/// ours is decided by their addresses and marks.
public interface Kernel {

    /// The size of its Maglev tables; empty when it is not to be known.
    Optional<TableSize> tableSize();

    /// The values of those of these sysctls that the kernel has.
    Map<String, String> sysctls(Set<String> names) throws KernelException;

    /// Those of these modules that are known to be there.
    Set<String> modules(Set<String> names);

    List<ObservedTunnel> tunnels() throws KernelException;

    Optional<ObservedTunnel> tunnel(String name) throws KernelException;

    List<Route> routes() throws KernelException;

    List<KernelService> services() throws KernelException;

    Optional<KernelService> service(ServiceKey key) throws KernelException;

    Set<Listener> listeners() throws KernelException;

    /// The states of those of these links that exist, whosever they are.
    Map<String, LinkState> links(Set<String> names) throws KernelException;

    /// Our addresses on `lo`.
    Set<Prefix> addresses() throws KernelException;

    /// Addresses that somebody else put on `lo`.
    Set<Prefix> foreignAddresses() throws KernelException;

    /// Takes steps in order, and goes on after one that was refused.
    ///
    /// @throws KernelException when the kernel could not be spoken to; some steps may have been
    ///   taken
    List<Refusal> apply(List<Step> steps) throws KernelException;
}
