package dev.holdfast.maglev;

import java.util.Arrays;

/// The table sizes a kernel can be built with (`CONFIG_IP_VS_MH_TAB_INDEX`, 8 to 17).
///
/// All are primes, so that every step width visits every slot.
public enum TableSize {
    SLOTS_251(8, 251),
    SLOTS_509(9, 509),
    SLOTS_1021(10, 1021),
    SLOTS_2039(11, 2039),
    SLOTS_4093(12, 4093),
    SLOTS_8191(13, 8191),
    SLOTS_16381(14, 16381),
    SLOTS_32749(15, 32749),
    SLOTS_65521(16, 65521),
    SLOTS_131071(17, 131071);

    /// What the kernel has unless its builder chose otherwise; Debian did not.
    public static final TableSize DEFAULT = SLOTS_4093;

    private final int index;
    private final int slots;

    TableSize(int index, int slots) {
        this.index = index;
        this.slots = slots;
    }

    /// @throws IllegalArgumentException when no kernel has that many slots
    public static TableSize ofSlots(int slots) {
        return Arrays.stream(values())
                .filter(size -> size.slots == slots)
                .findFirst()
                .orElseThrow(() ->
                        new IllegalArgumentException(
                                "table of " + slots + " slots (expected: a size of mh)"));
    }

    /// @throws IllegalArgumentException when no kernel can be built with that index
    public static TableSize ofIndex(int index) {
        if (index < 8 || index > 17) {
            throw new IllegalArgumentException("table index: " + index + " (expected: 8 to 17)");
        }
        return values()[index - 8];
    }

    /// The kernel's `CONFIG_IP_VS_MH_TAB_INDEX`.
    public int index() {
        return index;
    }

    /// How many slots, which is also how many destinations fit.
    public int slots() {
        return slots;
    }

    /// The most slots a destination takes in one turn: weights above it are halved until they fit.
    public int turnMax() {
        return (1 << weightBits()) - 1;
    }

    /// `IP_VS_MH_TAB_BITS`.
    int weightBits() {
        return index / 2;
    }
}
