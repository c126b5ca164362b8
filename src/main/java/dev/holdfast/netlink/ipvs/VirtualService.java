package dev.holdfast.netlink.ipvs;

import static java.util.stream.Collectors.toUnmodifiableSet;

import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// A service as one asks for it.
///
/// @param scheduler the kernel's name for it, for example `mh`
/// @param persistence absent unless the service is persistent
public record VirtualService(
        ServiceKey key,
        String scheduler,
        Set<ServiceFlag> flags,
        @Nullable Persistence persistence) {

    public VirtualService {
        if (scheduler.isEmpty() || scheduler.length() >= LinuxIpVs.IP_VS_SCHEDNAME_MAXLEN) {
            throw new IllegalArgumentException(
                    "scheduler: \"" + scheduler + "\" (expected: a name of 1 to 15 letters)");
        }
        if (persistence != null && persistence.clientPrefixLength() > key.family().addressBits()) {
            throw new IllegalArgumentException(
                    "client prefix length: "
                            + persistence.clientPrefixLength()
                            + " (expected: at most "
                            + key.family().addressBits()
                            + ")");
        }
        flags = Set.copyOf(flags);
    }

    /// A service without persistence.
    public static VirtualService of(ServiceKey key, String scheduler, ServiceFlag... flags) {
        return new VirtualService(
                key, scheduler, Stream.of(flags).collect(toUnmodifiableSet()), null);
    }
}
