package dev.holdfast.bench.http;

import java.nio.ByteBuffer;
import java.util.Arrays;

/// Bytes that are gathered until they are taken.
final class Bytes {

    private byte[] held = new byte[64];
    private int length;

    void add(byte next) {
        room(1);
        held[length++] = next;
    }

    void add(ByteBuffer from, int count) {
        room(count);
        from.get(held, length, count);
        length += count;
    }

    byte[] take() {
        byte[] taken = Arrays.copyOf(held, length);
        length = 0;
        return taken;
    }

    private void room(int count) {
        if (length + count > held.length) {
            held = Arrays.copyOf(held, Math.max(2 * held.length, length + count));
        }
    }
}
