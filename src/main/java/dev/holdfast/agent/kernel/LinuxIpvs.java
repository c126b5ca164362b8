package dev.holdfast.agent.kernel;

import dev.holdfast.netlink.AddressFamily;
import dev.holdfast.netlink.Errno;
import dev.holdfast.netlink.NetlinkException;
import dev.holdfast.netlink.ipvs.Checksum;
import dev.holdfast.netlink.ipvs.Destination;
import dev.holdfast.netlink.ipvs.IpvsChange;
import dev.holdfast.netlink.ipvs.IpvsClient;
import dev.holdfast.netlink.ipvs.ObservedDestination;
import dev.holdfast.netlink.ipvs.ServiceFlag;
import dev.holdfast.netlink.ipvs.ServiceProtocol;
import dev.holdfast.netlink.ipvs.VirtualService;
import dev.holdfast.wire.Family;
import dev.holdfast.wire.IpAddress;
import dev.holdfast.wire.Protocol;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// IPVS, translated between the library's words and ours. Opened when first needed: the module may
/// come later than the agent.
final class LinuxIpvs implements AutoCloseable {

    /// The kernel works out rates every two seconds, so what is younger is hardly out of date.
    private static final long FRESH_NANOS = Duration.ofSeconds(5).toNanos();

    private record Counted(List<Traffic> traffic, long nanos) {}

    private @Nullable IpvsClient client;

    /// What the last list of services brought along, until somebody wants it: reading them all
    /// again costs as much as all the rest of a round. What was counted before a change says
    /// nothing after it: a backend that drains since may have got connections in between.
    private @Nullable Counted counted;

    /// Services of TCP, UDP and firewall marks, each once; none when the kernel has no IPVS.
    ///
    /// The kernel remembers how far a list has got by a number that counts the services of all
    /// network namespaces (`ip_vs_genl_dump_services`). Where another one gets or loses a service
    /// meanwhile, as containers with IPVS of their own do, the list has a service twice, or leaves
    /// one out.
    List<KernelService> services() throws NetlinkException {
        List<KernelService> services = new ArrayList<>();
        Set<ServiceKey> listed = new HashSet<>();
        List<Traffic> traffic = new ArrayList<>();
        try {
            IpvsClient ipvs = client();
            for (var observed : ipvs.services()) {
                ServiceKey key = key(observed.service().key());
                if (key != null && listed.add(key)) {
                    services.add(read(ipvs, key, observed.service(), traffic));
                }
            }
        } catch (NetlinkException e) {
            if (e.errno() != Errno.ENOENT) {
                throw e;
            }
            forget();
        }
        counted = new Counted(traffic, System.nanoTime());
        return services;
    }

    /// Packets that each service took since it was made; none when the kernel has no IPVS.
    Map<ServiceKey, Long> packets() throws NetlinkException {
        return LinuxTraffic.packets(this::client);
    }

    /// What goes to every destination; nothing when the kernel has no IPVS.
    List<Traffic> traffic() throws NetlinkException {
        Counted last = counted;
        counted = null;
        return last != null && System.nanoTime() - last.nanos() < FRESH_NANOS
                ? last.traffic()
                : LinuxTraffic.read(this::client);
    }

    /// One service; what a list left out of what is counted is counted with it.
    Optional<KernelService> service(ServiceKey key) throws NetlinkException {
        try {
            IpvsClient ipvs = client();
            var observed = ipvs.service(key(key));
            return observed.isEmpty()
                    ? Optional.empty()
                    : Optional.of(read(ipvs, key, observed.get().service(), uncounted(key)));
        } catch (NetlinkException e) {
            if (e.errno() != Errno.ENOENT) {
                throw e;
            }
            forget(); // somebody unloaded the module
            return Optional.empty();
        }
    }

    private List<Traffic> uncounted(ServiceKey key) {
        Counted last = counted;
        return last == null || last.traffic().stream().anyMatch(one -> one.service().equals(key))
                ? new ArrayList<>()
                : last.traffic();
    }

    /// The next client asks anew under which number the kernel has IPVS.
    private void forget() {
        close();
        client = null;
    }

    List<Refusal> apply(List<Step.OnService> steps) throws NetlinkException {
        List<IpvsChange> changes = new ArrayList<>();
        List<Step> made = new ArrayList<>(); // by the changes, one of each
        List<Refusal> refused = new ArrayList<>();
        for (Step.OnService step : steps) {
            try {
                changes.add(change(step));
                made.add(step);
            } catch (IllegalArgumentException e) {
                refused.add(LinuxKernel.refusal(step, e));
            }
        }
        if (changes.isEmpty()) {
            return refused;
        }
        counted = null;
        var notMade = client().apply(changes);
        if (!notMade.isEmpty()) {
            Map<IpvsChange, Step> stepOf = new HashMap<>();
            for (int i = 0; i < changes.size(); i++) {
                stepOf.put(changes.get(i), made.get(i));
            }
            for (var one : notMade) {
                Step step = Objects.requireNonNull(stepOf.get(one.change()));
                refused.add(LinuxKernel.refusal(step, one.error()));
            }
        }
        return refused;
    }

    /// @param traffic takes what goes to its destinations
    private static KernelService read(
            IpvsClient ipvs, ServiceKey key, VirtualService service, List<Traffic> traffic)
            throws NetlinkException {
        List<KernelDestination> oldestFirst = new ArrayList<>();
        Set<DestinationKey> connected = new HashSet<>();
        for (ObservedDestination observed : ipvs.destinations(service.key()).reversed()) {
            Destination destination = observed.destination();
            DestinationKey at = LinuxTraffic.at(destination);
            if (observed.activeConnections() + observed.inactiveConnections() > 0) {
                connected.add(at);
            }
            traffic.add(LinuxTraffic.of(key, at, observed));
            oldestFirst.add(
                    new KernelDestination(
                            at, forwarding(destination.forwarding()), destination.weight()));
        }
        return new KernelService(key, scheduling(service), oldestFirst, connected);
    }

    private static IpvsChange change(Step.OnService step) {
        var key = key(step.service());
        return switch (step) {
            case Step.AddService(_, Scheduling scheduling) ->
                    new IpvsChange.AddService(service(key, scheduling));
            case Step.EditService(_, Scheduling scheduling) ->
                    new IpvsChange.EditService(service(key, scheduling));
            case Step.RemoveService _ -> new IpvsChange.DeleteService(key);
            case Step.AddDestination(_, KernelDestination destination) ->
                    new IpvsChange.AddDestination(key, destination(destination));
            case Step.EditDestination(_, KernelDestination destination) ->
                    new IpvsChange.EditDestination(key, destination(destination));
            case Step.RemoveDestination(_, DestinationKey destination) ->
                    new IpvsChange.DeleteDestination(key, destination(destination));
            case Step.CutDestination(_, KernelDestination destination) ->
                    new IpvsChange.DeleteDestination(key, destination(destination.key()));
        };
    }

    private static VirtualService service(
            dev.holdfast.netlink.ipvs.ServiceKey key, Scheduling scheduling) {
        List<ServiceFlag> flags = new ArrayList<>();
        for (Scheduling.Flag flag : scheduling.flags()) {
            switch (flag) {
                case FALLBACK -> flags.add(ServiceFlag.MH_FALLBACK);
                case PORT -> flags.add(ServiceFlag.MH_PORT);
                case ONE_PACKET -> flags.add(ServiceFlag.ONE_PACKET);
                case PERSISTENT -> {} // never asked for
            }
        }
        return VirtualService.of(key, scheduling.scheduler(), flags.toArray(ServiceFlag[]::new));
    }

    private static Scheduling scheduling(VirtualService service) {
        Set<Scheduling.Flag> flags = EnumSet.noneOf(Scheduling.Flag.class);
        if (service.flags().contains(ServiceFlag.MH_FALLBACK)) {
            flags.add(Scheduling.Flag.FALLBACK);
        }
        if (service.flags().contains(ServiceFlag.MH_PORT)) {
            flags.add(Scheduling.Flag.PORT);
        }
        if (service.flags().contains(ServiceFlag.ONE_PACKET)) {
            flags.add(Scheduling.Flag.ONE_PACKET);
        }
        if (service.persistence() != null) {
            flags.add(Scheduling.Flag.PERSISTENT);
        }
        return new Scheduling(service.scheduler(), flags);
    }

    private static Destination destination(KernelDestination destination) {
        return Destination.of(
                destination.key().address().toInetAddress(),
                destination.key().port(),
                destination.weight(),
                switch (destination.forwarding()) {
                    case Forwarding.Direct(), Forwarding.Foreign _ ->
                            new dev.holdfast.netlink.ipvs.Forwarding.DirectRoute();
                    case Forwarding.Ipip() -> new dev.holdfast.netlink.ipvs.Forwarding.Ipip();
                    case Forwarding.Gue(int port) ->
                            new dev.holdfast.netlink.ipvs.Forwarding.Gue(port, Checksum.NONE);
                });
    }

    private static Forwarding forwarding(dev.holdfast.netlink.ipvs.Forwarding forwarding) {
        return switch (forwarding) {
            case dev.holdfast.netlink.ipvs.Forwarding.DirectRoute() -> new Forwarding.Direct();
            case dev.holdfast.netlink.ipvs.Forwarding.Ipip() -> new Forwarding.Ipip();
            case dev.holdfast.netlink.ipvs.Forwarding.Gue(int port, Checksum checksum)
                    when checksum == Checksum.NONE ->
                    new Forwarding.Gue(port);
            case dev.holdfast.netlink.ipvs.Forwarding.Gue _,
                    dev.holdfast.netlink.ipvs.Forwarding.Gre _,
                    dev.holdfast.netlink.ipvs.Forwarding.Masquerade _,
                    dev.holdfast.netlink.ipvs.Forwarding.Other _ ->
                    new Forwarding.Foreign(forwarding.toString());
        };
    }

    private static dev.holdfast.netlink.ipvs.DestinationKey destination(DestinationKey key) {
        return new dev.holdfast.netlink.ipvs.DestinationKey(
                key.address().toInetAddress(), key.port());
    }

    private static dev.holdfast.netlink.ipvs.ServiceKey key(ServiceKey key) {
        return switch (key) {
            case ServiceKey.At(IpAddress address, Protocol protocol, int port) ->
                    switch (protocol) {
                        case TCP ->
                                dev.holdfast.netlink.ipvs.ServiceKey.tcp(
                                        address.toInetAddress(), port);
                        case UDP ->
                                dev.holdfast.netlink.ipvs.ServiceKey.udp(
                                        address.toInetAddress(), port);
                    };
            case ServiceKey.Marked(Family family, int mark) ->
                    dev.holdfast.netlink.ipvs.ServiceKey.mark(
                            switch (family) {
                                case IPV4 -> AddressFamily.INET;
                                case IPV6 -> AddressFamily.INET6;
                            },
                            mark);
        };
    }

    static @Nullable ServiceKey key(dev.holdfast.netlink.ipvs.ServiceKey key) {
        return switch (key) {
            case dev.holdfast.netlink.ipvs.ServiceKey.Listener(
                            ServiceProtocol protocol,
                            var address,
                            int port) ->
                    switch (protocol) {
                        case TCP -> ServiceKey.at(IpAddress.of(address), Protocol.TCP, port);
                        case UDP -> ServiceKey.at(IpAddress.of(address), Protocol.UDP, port);
                        case SCTP -> null;
                    };
            case dev.holdfast.netlink.ipvs.ServiceKey.Mark(AddressFamily family, int mark) ->
                    ServiceKey.marked(
                            switch (family) {
                                case INET -> Family.IPV4;
                                case INET6 -> Family.IPV6;
                            },
                            mark);
        };
    }

    private IpvsClient client() throws NetlinkException {
        IpvsClient open = client;
        if (open == null) {
            open = IpvsClient.open();
            client = open;
        }
        return open;
    }

    @Override
    public void close() {
        if (client != null) {
            client.close();
        }
    }
}
