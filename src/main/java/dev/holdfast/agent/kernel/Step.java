package dev.holdfast.agent.kernel;

import dev.holdfast.wire.Prefix;

/// One change of the kernel's state. A plan is a list of these, and can be printed.
public sealed interface Step {

    /// What it is about, such as `service TCP 198.51.100.1:80`.
    String resource();

    /// What it does there, such as `add destination 10.3.1.2:80`.
    String operation();

    record LoadModule(String name) implements Step {
        @Override
        public String resource() {
            return "module " + name;
        }

        @Override
        public String operation() {
            return "load";
        }
    }

    /// @param name such as `net/ipv4/vs/sloppy_tcp`
    record SetSysctl(String name, String value) implements Step {
        @Override
        public String resource() {
            return "sysctl " + name;
        }

        @Override
        public String operation() {
            return "set " + value;
        }
    }

    record AddTunnel(Tunnel tunnel) implements Step {
        @Override
        public String resource() {
            return "tunnel " + tunnel.name();
        }

        @Override
        public String operation() {
            return "add " + tunnel;
        }
    }

    record RemoveTunnel(String name) implements Step {
        @Override
        public String resource() {
            return "tunnel " + name;
        }

        @Override
        public String operation() {
            return "remove";
        }
    }

    record SetLinkUp(String name) implements Step {
        @Override
        public String resource() {
            return "link " + name;
        }

        @Override
        public String operation() {
            return "set up";
        }
    }

    record AddRoute(Route route) implements Step {
        @Override
        public String resource() {
            return "route " + route.prefix();
        }

        @Override
        public String operation() {
            return "add " + route;
        }
    }

    record RemoveRoute(Route route) implements Step {
        @Override
        public String resource() {
            return "route " + route.prefix();
        }

        @Override
        public String operation() {
            return "remove " + route;
        }
    }

    /// A step on one IPVS service.
    sealed interface OnService extends Step {
        ServiceKey service();

        @Override
        default String resource() {
            return "service " + service();
        }
    }

    record AddService(ServiceKey service, Scheduling scheduling) implements OnService {
        @Override
        public String operation() {
            return "add " + scheduling;
        }
    }

    /// Destinations and connections stay.
    record EditService(ServiceKey service, Scheduling scheduling) implements OnService {
        @Override
        public String operation() {
            return "set " + scheduling;
        }
    }

    /// Its destinations go with it.
    record RemoveService(ServiceKey service) implements OnService {
        @Override
        public String operation() {
            return "remove";
        }
    }

    /// The destination becomes the last one added.
    record AddDestination(ServiceKey service, KernelDestination destination) implements OnService {
        @Override
        public String operation() {
            return "add destination " + destination;
        }
    }

    /// The destination keeps its place.
    record EditDestination(ServiceKey service, KernelDestination destination) implements OnService {
        @Override
        public String operation() {
            return "set destination " + destination;
        }
    }

    record RemoveDestination(ServiceKey service, DestinationKey destination) implements OnService {
        @Override
        public String operation() {
            return "remove destination " + destination;
        }
    }

    /// Removes a destination and all that is remembered of its connections: what comes of them next
    /// is scheduled anew. [RemoveDestination] lets them wait for the destination to come back.
    ///
    /// @param destination as it is there
    record CutDestination(ServiceKey service, KernelDestination destination) implements OnService {
        @Override
        public String operation() {
            return "remove destination " + destination.key() + " and its connections";
        }
    }

    record AddListener(Listener listener) implements Step {
        @Override
        public String resource() {
            return "listener port " + listener.port();
        }

        @Override
        public String operation() {
            return "add " + listener;
        }
    }

    record RemoveListener(Listener listener) implements Step {
        @Override
        public String resource() {
            return "listener port " + listener.port();
        }

        @Override
        public String operation() {
            return "remove " + listener;
        }
    }

    /// Puts an address on `lo`.
    record AddAddress(Prefix address) implements Step {
        @Override
        public String resource() {
            return "address " + address;
        }

        @Override
        public String operation() {
            return "add to lo";
        }
    }

    /// Takes an address from `lo`.
    record RemoveAddress(Prefix address) implements Step {
        @Override
        public String resource() {
            return "address " + address;
        }

        @Override
        public String operation() {
            return "remove from lo";
        }
    }
}
