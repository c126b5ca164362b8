package dev.holdfast.agent.kernel;

import dev.holdfast.netlink.AddressFamily;
import dev.holdfast.netlink.Errno;
import dev.holdfast.netlink.NetlinkException;
import dev.holdfast.netlink.fou.FouClient;
import dev.holdfast.netlink.fou.FouListener;
import dev.holdfast.wire.Family;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// FOU and GUE listeners. Opened when first needed: the module may come later than the agent.
final class LinuxListeners implements AutoCloseable {

    private static final int IPPROTO_IPIP = 4; // linux/in.h
    private static final int IPPROTO_IPV6 = 41;

    private @Nullable FouClient client;

    /// Those whose payload is one that we know; none when the kernel has no FOU.
    Set<Listener> list() throws NetlinkException {
        Set<Listener> listeners = new HashSet<>();
        try {
            for (FouListener listener : client().listeners()) {
                Listener.Payload payload = payload(listener.content());
                if (payload != null) {
                    listeners.add(new Listener(family(listener), listener.port(), payload));
                }
            }
        } catch (NetlinkException e) {
            if (e.errno() != Errno.ENOENT) {
                throw e;
            }
        }
        return listeners;
    }

    void add(Listener listener) throws NetlinkException {
        FouListener.Content content =
                switch (listener.payload()) {
                    case IPV4 -> new FouListener.Content.Packets(IPPROTO_IPIP);
                    case IPV6 -> new FouListener.Content.Packets(IPPROTO_IPV6);
                    case GUE -> new FouListener.Content.Gue();
                };
        client().add(new FouListener(family(listener), listener.port(), content));
    }

    void remove(Listener listener) throws NetlinkException {
        client().delete(family(listener), listener.port());
    }

    private FouClient client() throws NetlinkException {
        FouClient open = client;
        if (open == null) {
            open = FouClient.open();
            client = open;
        }
        return open;
    }

    private static AddressFamily family(Listener listener) {
        return switch (listener.family()) {
            case IPV4 -> AddressFamily.INET;
            case IPV6 -> AddressFamily.INET6;
        };
    }

    private static Family family(FouListener listener) {
        return switch (listener.family()) {
            case INET -> Family.IPV4;
            case INET6 -> Family.IPV6;
        };
    }

    private static Listener.@Nullable Payload payload(FouListener.Content content) {
        return switch (content) {
            case FouListener.Content.Gue() -> Listener.Payload.GUE;
            case FouListener.Content.Packets(int protocol) when protocol == IPPROTO_IPIP ->
                    Listener.Payload.IPV4;
            case FouListener.Content.Packets(int protocol) when protocol == IPPROTO_IPV6 ->
                    Listener.Payload.IPV6;
            case FouListener.Content.Packets _ -> null;
        };
    }

    @Override
    public void close() {
        if (client != null) {
            client.close();
        }
    }
}
