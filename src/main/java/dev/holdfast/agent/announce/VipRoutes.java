package dev.holdfast.agent.announce;

import dev.holdfast.wire.Family;
import dev.holdfast.wire.IpAddress;
import dev.holdfast.wire.Prefix;
import java.util.Collection;
import java.util.Locale;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The addresses that BIRD is to announce, as the file it includes: one `static` protocol for each
/// family, whose names an export filter can ask for.
///
/// The routes are `blackhole` for BIRD alone: a load balancer's BIRD needs no `kernel` protocol, so
/// they never reach the kernel.
record VipRoutes(SortedSet<IpAddress> addresses) {

    /// What the names of our protocols begin with: `export where proto ~ "holdfast_vips*"`.
    static final String PROTOCOL = "holdfast_vips";

    private static final Pattern ROUTE =
            Pattern.compile("^\\s*route ([0-9a-fA-F.:]+)/\\d+ blackhole;", Pattern.MULTILINE);

    static VipRoutes of(Collection<IpAddress> addresses) {
        return new VipRoutes(new TreeSet<>(addresses));
    }

    /// Reads what [#text] wrote; what else stands there is left out.
    static VipRoutes parse(String text) {
        TreeSet<IpAddress> found = new TreeSet<>();
        Matcher route = ROUTE.matcher(text);
        while (route.find()) {
            try {
                found.add(IpAddress.parse(String.valueOf(route.group(1))));
            } catch (IllegalArgumentException notOurs) {
                // Somebody wrote into the file; it is about to be written anew.
            }
        }
        return new VipRoutes(found);
    }

    VipRoutes only(Collection<IpAddress> kept) {
        TreeSet<IpAddress> both = new TreeSet<>(addresses);
        both.retainAll(kept);
        return new VipRoutes(both);
    }

    boolean has(IpAddress address) {
        return addresses.contains(address);
    }

    String text() {
        return """
        # Written by holdfast-agent, and written anew when it differs: do not edit.
        # Include it in BIRD's own configuration, on a line of its own, and export from it:
        #   export where proto ~ "%s*";
        """
                        .formatted(PROTOCOL)
                + protocol(Family.IPV4)
                + protocol(Family.IPV6);
    }

    static String protocol(Family family, String before) {
        return before + (family == Family.IPV4 ? "4" : "6");
    }

    private String protocol(Family family) {
        StringBuilder text =
                new StringBuilder("protocol static %s {\n".formatted(protocol(family, PROTOCOL)))
                        .append("  %s;\n".formatted(family.name().toLowerCase(Locale.ROOT)));
        for (IpAddress address : addresses) {
            if (address.family() == family) {
                text.append("  route %s blackhole;\n".formatted(Prefix.host(address)));
            }
        }
        return text.append("}\n").toString();
    }
}
