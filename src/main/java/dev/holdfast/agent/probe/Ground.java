package dev.holdfast.agent.probe;

import dev.holdfast.agent.tool.Tool;
import dev.holdfast.agent.tool.ToolException;
import dev.holdfast.agent.watch.NodeDesired;
import dev.holdfast.netlink.sysctl.Sysctl;
import dev.holdfast.netlink.sysctl.SysctlException;
import dev.holdfast.wire.Failure;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What this machine must allow before a probe can come back, and what it must not (measured;
/// KERNEL facts, 13):
///
/// * Backends answer with the VIP as their source. It is local here, so the kernel takes such
///   packets for forged, unless the link may accept them.
/// * Probes must not go round in circles: [GroundRules].
public final class Ground {

    private static final System.Logger LOG = System.getLogger(Ground.class.getName());
    private static final Duration LOOK_AGAIN = Duration.ofSeconds(30);

    private final Sysctl sysctl = new Sysctl();
    private final Tool nft = new Tool("nft", "nftables");
    private @Nullable String rules;
    private long lookedAt;

    /// For probes from here.
    ///
    /// @return empty when all is well
    List<Failure> prepare(InetAddress source) {
        try {
            acceptVips(source);
            return List.of();
        } catch (SysctlException | SocketException e) {
            return trouble("prepare the way back", e);
        }
    }

    /// For probes from here and from other load balancers.
    ///
    /// @param needed whether a probe would never arrive without: elsewhere a machine without `nft`
    ///   goes without
    /// @return empty when all is well
    List<Failure> cutCircles(NodeDesired node, boolean needed) {
        try {
            apply(GroundRules.of(node));
            return List.of();
        } catch (ToolException e) {
            if (needed) {
                return trouble("keep probes out of circles", e);
            }
            LOG.log(
                    System.Logger.Level.DEBUG,
                    () -> "probes may go round in circles: " + e.getMessage());
            return List.of();
        }
    }

    /// Whether rules of ours are there.
    public boolean areThere() {
        try {
            return nft.exists() && isThere();
        } catch (ToolException unreadable) {
            return false;
        }
    }

    /// Takes them away.
    public List<Failure> remove() {
        try {
            if (areThere()) {
                nft.run("", "delete", "table", "inet", GroundRules.TABLE).orThrow();
            }
            return List.of();
        } catch (ToolException e) {
            return trouble("take the rules of probes away", e);
        }
    }

    private boolean isThere() throws ToolException {
        return nft.run("", "list", "table", "inet", GroundRules.TABLE).exit() == 0;
    }

    private static List<Failure> trouble(String operation, Exception e) {
        return List.of(new Failure("probes", operation, String.valueOf(e.getMessage())));
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

    private void apply(String wanted) throws ToolException {
        boolean recent = System.nanoTime() - lookedAt < LOOK_AGAIN.toNanos();
        if (wanted.equals(rules) && recent) {
            return;
        }
        if (!wanted.equals(rules) || !isThere()) {
            nft.run(wanted, "-f", "-").orThrow();
            rules = wanted;
        }
        lookedAt = System.nanoTime();
    }
}
