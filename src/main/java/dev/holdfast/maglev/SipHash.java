package dev.holdfast.maglev;

/// `hsiphash` of one 32-bit word on 64-bit kernels: SipHash-1-3, cut to its lower 32 bits.
///
/// The two keys are constants in the kernel, so all load balancers agree, and so anyone can compute
/// where a flow goes.
final class SipHash {

    // ip_vs_mh.c, generate_hash_secret(): both halves of a key are the same.
    private static final long OFFSET_KEY = 2654435761L;
    private static final long SKIP_KEY = 2654446892L;

    private SipHash() {}

    /// For the slot of a flow, and for where a destination starts.
    static int offset(int word) {
        return hash(word, OFFSET_KEY);
    }

    /// For how far a destination steps.
    static int skip(int word) {
        return hash(word, SKIP_KEY);
    }

    private static int hash(int word, long keyHalf) {
        long block = 4L << 56 | Integer.toUnsignedLong(word);
        long v0 = 0x736f6d6570736575L ^ keyHalf;
        long v1 = 0x646f72616e646f6dL ^ keyHalf;
        long v2 = 0x6c7967656e657261L ^ keyHalf;
        long v3 = 0x7465646279746573L ^ keyHalf ^ block;
        // One round takes the block in, three finish.
        for (int round = 0; round < 4; round++) {
            v0 += v1;
            v1 = Long.rotateLeft(v1, 13) ^ v0;
            v0 = Long.rotateLeft(v0, 32);
            v2 += v3;
            v3 = Long.rotateLeft(v3, 16) ^ v2;
            v0 += v3;
            v3 = Long.rotateLeft(v3, 21) ^ v0;
            v2 += v1;
            v1 = Long.rotateLeft(v1, 17) ^ v2;
            v2 = Long.rotateLeft(v2, 32);
            if (round == 0) {
                v0 ^= block;
                v2 ^= 0xff;
            }
        }
        return (int) (v0 ^ v1 ^ v2 ^ v3);
    }
}
