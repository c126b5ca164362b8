package dev.holdfast.wire;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/// Which load balancers probe a host: three of them, chosen by rendezvous hashing.
///
/// Each agent and the control plane work it out for themselves and agree, since they know the same
/// names. When a node comes or goes, only the hosts that it probes get another prober.
public final class Probers {

    /// How many there are, where the site has so many.
    public static final int COUNT = 3;

    private static final long FNV_OFFSET = 0xcbf29ce484222325L;
    private static final long FNV_PRIME = 0x100000001b3L;

    private Probers() {}

    /// @param nodes names of all load balancers of the site, in any order
    /// @return names, first choice first
    public static List<String> of(String host, Collection<String> nodes) {
        Comparator<String> highest = (a, b) -> Long.compareUnsigned(score(host, b), score(host, a));
        return nodes.stream()
                .sorted(highest.thenComparing(Comparator.naturalOrder()))
                .limit(COUNT)
                .toList();
    }

    /// FNV-1a over both names, and MurmurHash3's last step, so that names that differ in their last
    /// letter alone are far apart.
    private static long score(String host, String node) {
        long hash = FNV_OFFSET;
        String both = host + '/' + node;
        for (int i = 0; i < both.length(); i++) {
            hash = (hash ^ both.charAt(i)) * FNV_PRIME;
        }
        hash = (hash ^ (hash >>> 33)) * 0xff51afd7ed558ccdL;
        hash = (hash ^ (hash >>> 33)) * 0xc4ceb9fe1a85ec53L;
        return hash ^ (hash >>> 33);
    }
}
