package dev.holdfast.agent.probe;

import dev.holdfast.agent.kernel.Marks;
import dev.holdfast.agent.tool.Tool;
import dev.holdfast.agent.tool.ToolException;
import dev.holdfast.netlink.sysctl.Sysctl;
import dev.holdfast.netlink.sysctl.SysctlException;
import dev.holdfast.wire.Encapsulation;
import dev.holdfast.wire.Failure;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What this machine must allow before a probe can come back (measured; KERNEL facts, 13):
///
/// * Backends answer with the VIP as their source. It is local here, so the kernel takes such
///   packets for forged, unless the link may accept them.
/// * A packet wrapped by an interface keeps its mark, would match the probe's service again and go
///   round in circles. So the mark is taken off what is wrapped already.
final class Ground {

    private static final String TABLE = "holdfast_probe";
    private static final Duration LOOK_AGAIN = Duration.ofSeconds(30);
    private static final int FOU_PORT = 5555;

    private final Sysctl sysctl = new Sysctl();
    private final Tool nft = new Tool("nft", "nftables");
    private @Nullable String rules;
    private long lookedAt;

    /// @return empty when all is well
    List<Failure> prepare(InetAddress source, Encapsulation encapsulation) {
        try {
            acceptVips(source);
            if (encapsulation.kind() == Encapsulation.Kind.FOU) {
                clearMarks(Objects.requireNonNullElse(encapsulation.port(), FOU_PORT));
            }
            return List.of();
        } catch (SysctlException | SocketException | ToolException e) {
            return List.of(
                    new Failure("probes", "prepare the way back", String.valueOf(e.getMessage())));
        }
    }

    private void acceptVips(InetAddress source) throws SysctlException, SocketException {
        NetworkInterface link = NetworkInterface.getByInetAddress(source);
        if (link == null) {
            throw new SocketException(
                    "no link has " + source.getHostAddress() + " (expected: the node's address)");
        }
        String ofLink = "net/ipv4/conf/" + link.getName();
        set(ofLink + "/accept_local", "1");
        // The stricter of the two counts, but loose (2) is the greater number.
        Set<String> filters =
                Set.copyOf(
                        List.of(
                                sysctl.read("net/ipv4/conf/all/rp_filter"),
                                sysctl.read(ofLink + "/rp_filter")));
        if (filters.contains("1") && !filters.contains("2")) {
            set(ofLink + "/rp_filter", "2");
        }
    }

    private void set(String key, String value) throws SysctlException {
        if (!sysctl.read(key).equals(value)) {
            sysctl.write(key, value);
        }
    }

    private void clearMarks(int port) throws ToolException {
        String wanted =
                """
                table inet %1$s
                delete table inet %1$s
                table inet %1$s {
                  chain output {
                    type filter hook output priority mangle
                    meta mark & 0x%2$08x == 0x%3$08x udp dport { %4$d, %5$d } meta mark set 0
                  }
                }
                """
                        .formatted(TABLE, -(1 << Marks.FREE_BITS), Marks.PROBE, port, port + 1);
        boolean recent = System.nanoTime() - lookedAt < LOOK_AGAIN.toNanos();
        if (wanted.equals(rules) && recent) {
            return;
        }
        boolean there =
                wanted.equals(rules) && nft.run("", "list", "table", "inet", TABLE).exit() == 0;
        if (!there) {
            nft.run(wanted, "-f", "-").orThrow();
            rules = wanted;
        }
        lookedAt = System.nanoTime();
    }
}
