package dev.holdfast.agent.reconcile;

import dev.holdfast.agent.kernel.Kernel;
import dev.holdfast.agent.kernel.KernelException;
import dev.holdfast.agent.kernel.KernelService;
import dev.holdfast.agent.kernel.LinkState;
import dev.holdfast.agent.kernel.Listener;
import dev.holdfast.agent.kernel.ObservedTunnel;
import dev.holdfast.agent.kernel.Route;
import dev.holdfast.agent.kernel.ServiceKey;
import dev.holdfast.agent.kernel.Step;
import dev.holdfast.wire.IpAddress;
import dev.holdfast.wire.Prefix;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The last observed picture of the kernel. What steps touched is read back, the rest is kept.
final class World {

    /// One by one, each service costs a question more than in a list of all.
    private static final int SINGLY_MAX = 100;

    private final Kernel kernel;
    private final Ledger ledger;
    private final Set<String> modules = new HashSet<>();
    private final Map<String, String> sysctls = new HashMap<>();
    private Map<String, LinkState> links = Map.of();
    private Set<Listener> listeners = Set.of();
    private Set<Listener> opened = Set.of();
    private Set<Prefix> addresses = Set.of();
    private Set<Prefix> foreignAddresses = Set.of();
    private final Map<String, ObservedTunnel> tunnels = new HashMap<>();
    private final Map<Prefix, List<Route>> routes = new HashMap<>();
    private final Map<ServiceKey, SeenService> services = new HashMap<>();
    private final List<Consumer<ServiceKey>> watchers = new ArrayList<>();

    World(Kernel kernel, Ledger ledger) {
        this.kernel = kernel;
        this.ledger = ledger;
    }

    /// Says whom to tell of each service that does not look as it did when it is observed.
    void onSeenAnew(Consumer<ServiceKey> watcher) {
        watchers.add(watcher);
    }

    /// Looks at everything that concerns a machine of this role.
    void observe(Target target) throws KernelException {
        modules.clear();
        sysctls.clear();
        observeGround(target);
        switch (target.role()) {
            case LOAD_BALANCER -> {
                tunnels.clear();
                kernel.tunnels().forEach(t -> tunnels.put(t.tunnel().name(), t));
                observeRoutes();
            }
            case BACKEND -> {
                links = kernel.links(target.linksUp());
                listeners = kernel.listeners();
                opened = ledger.ours(listeners);
                addresses = kernel.addresses();
                foreignAddresses = kernel.foreignAddresses();
            }
        }
        observeServices();
    }

    /// Reads back what these steps touched.
    void readBack(Target target, List<Step> steps) throws KernelException {
        Set<ServiceKey> keys = new HashSet<>();
        Set<String> names = new HashSet<>();
        boolean routed = false;
        boolean grounded = false;
        for (Step step : steps) {
            switch (step) {
                case Step.OnService on -> keys.add(on.service());
                case Step.AddTunnel added -> names.add(added.tunnel().name());
                case Step.RemoveTunnel removed -> {
                    names.add(removed.name());
                    routed = true;
                }
                case Step.SetLinkUp up -> {
                    names.add(up.name());
                    grounded = true;
                }
                case Step.AddRoute _, Step.RemoveRoute _ -> routed = true;
                case Step.LoadModule _,
                        Step.SetSysctl _,
                        Step.AddListener _,
                        Step.RemoveListener _,
                        Step.AddAddress _,
                        Step.RemoveAddress _ ->
                        grounded = true;
            }
        }
        if (target.role() == Role.BACKEND) {
            observe(target); // small: it does not grow with the site
            return;
        }
        if (grounded) {
            observeGround(target);
        }
        for (String name : names) {
            kernel.tunnel(name)
                    .ifPresentOrElse(t -> tunnels.put(name, t), () -> tunnels.remove(name));
        }
        if (routed) {
            observeRoutes();
        }
        if (keys.size() > SINGLY_MAX) {
            observeServices();
            return;
        }
        for (ServiceKey key : keys) {
            kernel.service(key).ifPresentOrElse(this::observed, () -> gone(key));
        }
    }

    /// All of it.
    Picture whole() {
        Set<Route> all = new HashSet<>();
        routes.values().forEach(all::addAll);
        return new Picture(
                modules,
                sysctls,
                tunnels,
                all,
                services,
                listeners,
                opened,
                links,
                addresses,
                foreignAddresses);
    }

    /// The part that a delta touches.
    Picture part(Part part) {
        Map<ServiceKey, SeenService> someServices = new HashMap<>();
        for (ServiceKey key : part.scope().services()) {
            SeenService service = services.get(key);
            if (service != null) {
                someServices.put(key, service);
            }
        }
        Map<String, ObservedTunnel> someTunnels = new HashMap<>();
        Set<Route> someRoutes = new HashSet<>();
        if (!part.scope().tunnels().isEmpty()) {
            someTunnels.putAll(tunnels);
            someTunnels.keySet().retainAll(part.scope().tunnels());
            Set<Prefix> wanted = new HashSet<>();
            part.target().routes().forEach(route -> wanted.add(route.prefix()));
            for (List<Route> same : routes.values()) {
                for (Route route : same) {
                    if (part.scope().tunnels().contains(route.link())
                            || wanted.contains(route.prefix())) {
                        someRoutes.add(route);
                    }
                }
            }
        }
        return new Picture(
                modules,
                sysctls,
                someTunnels,
                someRoutes,
                someServices,
                Set.of(),
                Set.of(),
                Map.of(),
                Set.of(),
                Set.of());
    }

    @Nullable SeenService service(ServiceKey key) {
        return services.get(key);
    }

    /// Whether packets to this address find a tunnel that carries them.
    boolean reaches(IpAddress address) {
        for (Route route : routes.getOrDefault(Prefix.host(address), List.of())) {
            ObservedTunnel tunnel = tunnels.get(route.link());
            if (route.table() == Route.Table.MAIN
                    && tunnel != null
                    && tunnel.state() == LinkState.UP) {
                return true;
            }
        }
        return false;
    }

    private void observeGround(Target target) throws KernelException {
        modules.addAll(kernel.modules(target.modules()));
        sysctls.putAll(kernel.sysctls(target.sysctls().keySet()));
    }

    private void observeRoutes() throws KernelException {
        routes.clear();
        for (Route route : kernel.routes()) {
            routes.computeIfAbsent(route.prefix(), _ -> new ArrayList<>(1)).add(route);
        }
    }

    /// What looks as it did stays what it was: nothing is kept twice.
    private void observed(KernelService service) {
        SeenService now = ledger.seen(service);
        if (!now.equals(services.get(service.key()))) {
            services.put(service.key(), now);
            watchers.forEach(watcher -> watcher.accept(service.key()));
        }
    }

    private void observeServices() throws KernelException {
        Set<ServiceKey> before = new HashSet<>(services.keySet());
        for (KernelService service : kernel.services()) {
            observed(service);
            before.remove(service.key());
        }
        for (ServiceKey key : before) {
            observe(key); // a list may leave out what is there; see LinuxIpvs
        }
    }

    private void observe(ServiceKey key) throws KernelException {
        kernel.service(key).ifPresentOrElse(this::observed, () -> gone(key));
    }

    private void gone(ServiceKey key) {
        if (services.remove(key) != null) {
            watchers.forEach(watcher -> watcher.accept(key));
        }
        ledger.gone(key);
    }
}
