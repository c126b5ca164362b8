package dev.holdfast.wire;

/// Address family of a VIP, a range or a tunnel.
public enum Family {
    IPV4(32),
    IPV6(128);

    private final int bits;

    Family(int bits) {
        this.bits = bits;
    }

    /// Length of an address in bits: 32 or 128.
    public int bits() {
        return bits;
    }
}
