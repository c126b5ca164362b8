package dev.holdfast.agent.kernel;

/// By what the agent knows its own things on a machine. What lacks its mark is never touched.
public final class Marks {

    /// How the names of our links begin.
    public static final String LINK_PREFIX = "hf";

    /// The group of our links.
    public static final int LINK_GROUP = 219;

    /// The protocol number of our routes and addresses.
    public static final int PROTOCOL = 219;

    /// How many bits of a firewall mark are free below those that say what it is for.
    public static final int FREE_BITS = 20;

    /// Firewall marks of probes, one for each host.
    public static final int PROBE = 0x48100000;

    /// Firewall marks of packets that get a second chance, one for each port of a service.
    public static final int FIRST_HOP = 0x48200000;

    /// The same, of those that had one already.
    public static final int SECOND_HOP = 0x48300000;

    /// Firewall marks of packets that are still wrapped, by the port they came to.
    public static final int OUTER = 0x48400000;

    private Marks() {}

    /// Whether a packet or an IPVS service with this firewall mark is ours.
    public static boolean isOurs(int mark) {
        int use = mark & -(1 << FREE_BITS);
        return use == PROBE || use == FIRST_HOP || use == SECOND_HOP || use == OUTER;
    }
}
