package dev.holdfast.netlink.ipvs;

/// Clients of one network stay with one destination, held by a template entry in the kernel.
///
/// @param timeoutSeconds how long after the client's last connection
/// @param clientPrefixLength which part of a client's address counts
public record Persistence(long timeoutSeconds, int clientPrefixLength) {

    public Persistence {
        if (timeoutSeconds < 0 || timeoutSeconds > 0xffff_ffffL) {
            throw new IllegalArgumentException(
                    "persistence: " + timeoutSeconds + " seconds (expected: 0 to 4294967295)");
        }
        if (clientPrefixLength < 0 || clientPrefixLength > 128) {
            throw new IllegalArgumentException(
                    "client prefix length: " + clientPrefixLength + " (expected: 0 to 128)");
        }
    }
}
