package dev.holdfast.agent.kernel;

import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;

/// How IPVS chooses a destination.
///
/// @param scheduler the kernel's name for it
public record Scheduling(String scheduler, Set<Flag> flags) {

    /// No scheduler (`none`, ip_vs_ctl.c): destinations can be added, and no packet is given to
    /// any.
    public static final Scheduling NONE = new Scheduling("none", Set.of());

    /// What can be switched on for a service.
    public enum Flag {
        /// `mh-fallback`: the share of a destination at weight 0 goes to the others.
        FALLBACK,
        /// `mh-port`: the client's port is hashed too.
        PORT,
        /// A packet of UDP leaves no connection behind.
        ONE_PACKET,
        /// Never asked for by us.
        PERSISTENT
    }

    public Scheduling {
        // EnumSet prints and iterates in a fixed order.
        EnumSet<Flag> ordered = EnumSet.noneOf(Flag.class);
        ordered.addAll(flags);
        flags = Collections.unmodifiableSet(ordered);
    }

    @Override
    public String toString() {
        return equals(NONE) ? "without a scheduler" : scheduler + " " + flags;
    }
}
