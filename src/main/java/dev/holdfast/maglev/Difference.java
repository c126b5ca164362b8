package dev.holdfast.maglev;

/// What becomes of a service's flows when one table takes the place of another, with fallback on.
///
/// What counts is the destination that a flow gets in the end. A slot whose owner serves gives its
/// owner. A slot whose owner does not gives each of its flows the first serving slot of a walk that
/// depends on the flow alone, so both tables are walked alike, and over many clients every step
/// meets every slot equally often. All shares below are exact in the mean over all flows under that
/// one assumption, and are shares of 1 of all flows.
///
/// A flow is *moved* when it had a destination and gets another one or none. A moved flow is
/// *wanted* to move when its old destination does not serve any more, or the new one did not serve
/// before, or the weights shifted from the old one towards the new one. *Intended* is what is
/// wanted, but no more than the least that any table with the new shares would have to move. The
/// rest of what moved is *collateral*.
///
/// @param moved flows that change their destination
/// @param intended those of them that have to
/// @param lost those of them that get nothing afterwards
/// @param gained flows that had nothing and get a destination; they are not among the moved
/// @param slots how many slots have another owner, whoever serves
public record Difference(double moved, double intended, double lost, double gained, int slots) {

    /// From what is to what will be.
    ///
    /// @throws IllegalArgumentException when size or family differ: no kernel changes these in
    ///   place
    public static Difference between(Table before, Table after) {
        if (before.size() != after.size() || before.family() != after.family()) {
            throw new IllegalArgumentException(
                    "table of "
                            + after.size().slots()
                            + " slots, "
                            + after.family()
                            + " (expected: "
                            + before.size().slots()
                            + ", "
                            + before.family()
                            + ")");
        }
        return new Comparison(before, after).difference();
    }

    /// Flows that move although neither their old nor their new destination asks for it.
    public double collateral() {
        return Math.max(0, moved - intended); // not the -1e-17 that rounding leaves
    }
}
