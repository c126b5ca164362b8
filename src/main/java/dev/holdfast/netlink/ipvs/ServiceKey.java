package dev.holdfast.netlink.ipvs;

import dev.holdfast.netlink.AddressFamily;
import java.net.InetAddress;
import java.util.Locale;

/// What identifies a service in the kernel: where it listens, or the firewall mark of its packets.
public sealed interface ServiceKey {

    AddressFamily family();

    static ServiceKey tcp(InetAddress address, int port) {
        return new Listener(ServiceProtocol.TCP, address, port);
    }

    static ServiceKey udp(InetAddress address, int port) {
        return new Listener(ServiceProtocol.UDP, address, port);
    }

    static ServiceKey mark(AddressFamily family, int mark) {
        return new Mark(family, mark);
    }

    /// Packets to this address and port. Port 0 stands for all ports, and needs persistence.
    record Listener(ServiceProtocol protocol, InetAddress address, int port) implements ServiceKey {

        public Listener {
            Ports.check("service port", port);
        }

        @Override
        public AddressFamily family() {
            return AddressFamily.of(address);
        }

        @Override
        public String toString() {
            return protocol.name().toLowerCase(Locale.ROOT) + " " + Ports.join(address, port);
        }
    }

    /// Packets of this family that carry this mark.
    record Mark(AddressFamily family, int mark) implements ServiceKey {

        public Mark {
            if (mark == 0) {
                throw new IllegalArgumentException("mark: 0 (expected: any other number)");
            }
        }

        @Override
        public String toString() {
            return "mark 0x" + Integer.toHexString(mark) + " " + family;
        }
    }
}
