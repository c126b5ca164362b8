package dev.holdfast.control.host;

import dev.holdfast.control.problem.Problem;
import dev.holdfast.control.problem.Refusal;
import dev.holdfast.control.revision.Edit;
import dev.holdfast.control.site.FreeAddresses;
import dev.holdfast.control.site.SiteSettings;
import dev.holdfast.wire.Family;
import dev.holdfast.wire.IpAddress;
import dev.holdfast.wire.Prefix;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// Gives each host one tunnel address of every family its site has tunnel ranges for.
@Component
class TunnelAddresses {

    private final FreeAddresses free4;
    private final FreeAddresses free6;

    TunnelAddresses(JdbcClient jdbc) {
        this.free4 = new FreeAddresses(jdbc, "host", "tunnel_address4");
        this.free6 = new FreeAddresses(jdbc, "host", "tunnel_address6");
    }

    /// Keeps what fits the ranges, takes back what does not, and allocates what is missing. To be
    /// called when everything written before was flushed.
    ///
    /// @throws Refusal (409) when the ranges are full
    void fit(Edit edit, SiteSettings settings, HostEntity host) {
        for (Family family : Family.values()) {
            List<Prefix> ranges = settings.tunnelRanges(family);
            IpAddress held = host.tunnel(family);
            if (!isIn(ranges, held)) {
                host.tunnel(family, lowest(edit.siteId(), family, ranges), edit.next());
            }
        }
    }

    /// Whether an address may stay as it is: none, where there are no ranges.
    static boolean isIn(List<Prefix> ranges, @Nullable IpAddress held) {
        return held == null
                ? ranges.isEmpty()
                : ranges.stream().anyMatch(range -> range.contains(held));
    }

    private @Nullable IpAddress lowest(long siteId, Family family, List<Prefix> ranges) {
        if (ranges.isEmpty()) {
            return null;
        }
        FreeAddresses free =
                switch (family) {
                    case IPV4 -> free4;
                    case IPV6 -> free6;
                };
        return free.lowest(siteId, ranges)
                .orElseThrow(() ->
                        new Refusal(
                                Problem.EXHAUSTED,
                                "tunnelAddresses",
                                "no free address in " + ranges,
                                "a further " + family + " prefix in the site's tunnelRanges"));
    }
}
