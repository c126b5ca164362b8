package dev.holdfast.maglev;

/// A service has more destinations than its table has slots.
///
/// The kernel answers "done" to the one that is too many and goes on with the table it had.
public final class TooManyDestinations extends IllegalArgumentException {

    private static final long serialVersionUID = 1;

    TooManyDestinations(int found, TableSize size) {
        super("destinations: " + found + " (expected: at most " + size.slots() + ", one a slot)");
    }
}
