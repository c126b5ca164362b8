package dev.holdfast.control.desired;

import dev.holdfast.control.address.Vips;
import dev.holdfast.control.host.Hosts;
import dev.holdfast.control.node.Nodes;
import dev.holdfast.control.revision.Edit;
import dev.holdfast.control.revision.Revisions;
import dev.holdfast.control.revision.WriteConditions;
import dev.holdfast.control.service.Backends;
import dev.holdfast.control.service.Services;
import dev.holdfast.wire.AdminState;
import dev.holdfast.wire.Backend;
import dev.holdfast.wire.Host;
import dev.holdfast.wire.IpAddress;
import dev.holdfast.wire.Node;
import dev.holdfast.wire.Protocol;
import dev.holdfast.wire.Service;
import dev.holdfast.wire.ServicePort;
import dev.holdfast.wire.Vip;
import java.util.List;
import org.springframework.context.ApplicationContext;

/// Changes a site through the one door, several resources in one revision.
///
/// @param server of the control plane that writes
/// @param site must exist
record Scribe(ApplicationContext server, String site) {

    private static final WriteConditions MEANT = new WriteConditions(null, false, false, true);

    /// What a revision does.
    @FunctionalInterface
    interface Work {
        void in(Page page);
    }

    /// @return the revision
    long write(Work work) {
        return write(WriteConditions.NONE, work);
    }

    long writeMeant(Work work) {
        return write(MEANT, work);
    }

    private long write(WriteConditions conditions, Work work) {
        return server.getBean(Revisions.class)
                .advance(
                        site,
                        conditions,
                        edit -> {
                            work.in(new Page(edit, server));
                            return edit.next();
                        });
    }

    /// One revision, while it is written.
    record Page(Edit edit, ApplicationContext server) {

        Page node(String name, String address) {
            Node node = new Node(null, IpAddress.parse(address), null, null, null);
            server.getBean(Nodes.class).put(edit, name, node, WriteConditions.NONE);
            return this;
        }

        Page host(String name, String address) {
            Host host = new Host(null, IpAddress.parse(address), null, null, null);
            server.getBean(Hosts.class).put(edit, name, host, WriteConditions.NONE);
            return this;
        }

        Page vip(String name, String address) {
            Vip vip = new Vip(null, IpAddress.parse(address), null, null, null);
            server.getBean(Vips.class).put(edit, name, vip, WriteConditions.NONE);
            return this;
        }

        Page service(String name, String vip, int port) {
            List<ServicePort> ports = List.of(new ServicePort(Protocol.TCP, port));
            Service service =
                    new Service(null, vip, ports, null, null, null, null, null, null, null, null);
            server.getBean(Services.class).put(edit, name, service, WriteConditions.NONE);
            return this;
        }

        Page backend(String service, String host, int weight, AdminState state) {
            Backend backend = Backend.asked(weight, state);
            server.getBean(Backends.class).put(edit, service, host, backend, WriteConditions.NONE);
            return this;
        }

        Page withoutNode(String name) {
            server.getBean(Nodes.class).delete(edit, name, WriteConditions.NONE);
            return this;
        }

        Page withoutHost(String name) {
            server.getBean(Hosts.class).delete(edit, name, WriteConditions.NONE);
            return this;
        }

        Page withoutService(String name) {
            server.getBean(Services.class).delete(edit, name, WriteConditions.NONE);
            return this;
        }

        Page withoutBackend(String service, String host) {
            server.getBean(Backends.class).delete(edit, service, host, WriteConditions.NONE);
            return this;
        }
    }
}
