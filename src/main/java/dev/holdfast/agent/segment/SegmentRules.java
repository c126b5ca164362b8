package dev.holdfast.agent.segment;

import dev.holdfast.agent.duty.Duty;
import dev.holdfast.agent.duty.Findings;
import dev.holdfast.agent.nftables.OwnTable;
import dev.holdfast.agent.tool.Tool;
import dev.holdfast.agent.tool.ToolException;
import dev.holdfast.agent.watch.DesiredState;
import dev.holdfast.agent.watch.HostDesired;
import dev.holdfast.wire.Failure;
import dev.holdfast.wire.IpAddress;
import dev.holdfast.wire.VipAddress;
import java.util.List;

/// Tells clients, in the answer to their first packet, to send segments that fit through the
/// tunnel.
///
/// The load balancer does answer a packet that does not fit with ICMP, but clients behind a filter
/// never see it, and their uploads stall. The answer to a client's first packet does not pass the
/// load balancer, so it is the host that has to say it (KERNEL §6).
public final class SegmentRules implements Duty {

    private static final String TABLE = "holdfast-segment";
    private static final String RESOURCE = "segment size";

    private final OwnTable table;
    private long repaired;

    public SegmentRules() {
        this(new Tool("nft", "nftables"));
    }

    SegmentRules(Tool nft) {
        table = new OwnTable(nft, "inet", TABLE);
    }

    /// Whether rules of ours are there.
    public boolean areThere() {
        try {
            return table.isThere();
        } catch (ToolException unreadable) {
            return false;
        }
    }

    /// Takes them away.
    public List<Failure> remove() {
        return doing(table::remove);
    }

    /// The rules come before the VIPs do: no connection begins without them.
    @Override
    public List<Failure> before(DesiredState next) {
        return next instanceof HostDesired host ? doing(() -> ensure(host)) : List.of();
    }

    private void ensure(HostDesired host) throws ToolException {
        List<IpAddress> vips =
                host.vips().sorted().values().stream().map(VipAddress::address).toList();
        if (!vips.isEmpty()) {
            repaired += table.keep(rules(vips, host.mss())) ? 1 : 0;
        } else if (table.isPossible()) {
            table.remove();
        }
    }

    /// A rule for each VIP and no set: rules are exchanged without a moment between. The kernel
    /// only ever makes the number smaller.
    ///
    /// @param mss bytes
    static String rules(List<IpAddress> vips, int mss) {
        StringBuilder rules = new StringBuilder();
        for (IpAddress vip : vips) {
            String family =
                    switch (vip.family()) {
                        case IPV4 -> "ip";
                        case IPV6 -> "ip6";
                    };
            rules.append(
                    "        %s saddr %s tcp option maxseg size set %d\n"
                            .formatted(family, vip, mss));
        }
        return """
            chain answers {
                type filter hook output priority mangle; policy accept;
                tcp flags & (syn | rst) != syn accept
        %s    }
        """
                .formatted(rules);
    }

    @Override
    public void tell(Findings findings) {
        if (repaired > 0) {
            findings.repaired(RESOURCE, repaired);
        }
    }

    private interface Work {
        void run() throws ToolException;
    }

    private static List<Failure> doing(Work work) {
        try {
            work.run();
            return List.of();
        } catch (ToolException e) {
            return List.of(new Failure(RESOURCE, e.command(), e.why()));
        }
    }
}
