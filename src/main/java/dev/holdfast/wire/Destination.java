package dev.holdfast.wire;

import org.jspecify.annotations.Nullable;

/// One backend as IPVS sees it, or an old load balancer that a service is being moved from.
///
/// @param host name of the backend's host; absent: an old load balancer, which gets packets in IPIP
///   whatever the site's encapsulation
/// @param ordinal ascending ordinal is the order of adding (SAME-TABLE)
/// @param address what the table hashes: the tunnel address with FOU, else its own
/// @param weight nominal, also while not serving
/// @param serving whether new connections are sent to it
/// @param cut true: those it has are cut, since a person disabled it, or in an earlier table
///   deleted it; absent: they stay
public record Destination(
        @Nullable String host,
        long ordinal,
        IpAddress address,
        int weight,
        boolean serving,
        @Nullable Boolean cut) {

    /// One whose connections stay.
    public Destination(
            @Nullable String host, long ordinal, IpAddress address, int weight, boolean serving) {
        this(host, ordinal, address, weight, serving, null);
    }

    /// What the table is made of.
    public Destination uncut() {
        return new Destination(host, ordinal, address, weight, serving);
    }

    /// The same, and those that it has are cut.
    public Destination beingCut() {
        return new Destination(host, ordinal, address, weight, false, true);
    }

    /// As people read it: a host's name, or `old load balancer 10.4.1.2`.
    public String called() {
        return host == null ? "old load balancer " + address : host;
    }
}
