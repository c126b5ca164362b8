package dev.holdfast.netlink.ipvs;

import java.util.EnumSet;
import java.util.Set;

/// Switches of a service. What the three of the scheduler mean is the scheduler's affair.
public enum ServiceFlag {
    /// No connection entry is kept; every packet is scheduled on its own (UDP only).
    ONE_PACKET(LinuxIpVs.IP_VS_SVC_F_ONEPACKET),
    SCHEDULER_1(LinuxIpVs.IP_VS_SVC_F_SCHED1),
    SCHEDULER_2(LinuxIpVs.IP_VS_SVC_F_SCHED2),
    SCHEDULER_3(LinuxIpVs.IP_VS_SVC_F_SCHED3);

    /// `mh-fallback` and `sh-fallback`: an unavailable destination's share goes to the others.
    public static final ServiceFlag MH_FALLBACK = SCHEDULER_1;

    /// `mh-port` and `sh-port`: the client's port is hashed too.
    public static final ServiceFlag MH_PORT = SCHEDULER_2;

    private final int bit;

    ServiceFlag(int bit) {
        this.bit = bit;
    }

    static int toBits(Set<ServiceFlag> flags) {
        int bits = 0;
        for (ServiceFlag flag : flags) {
            bits |= flag.bit;
        }
        return bits;
    }

    static Set<ServiceFlag> ofBits(int bits) {
        Set<ServiceFlag> flags = EnumSet.noneOf(ServiceFlag.class);
        for (ServiceFlag flag : values()) {
            if ((bits & flag.bit) != 0) {
                flags.add(flag);
            }
        }
        return flags;
    }
}
