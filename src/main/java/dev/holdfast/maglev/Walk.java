package dev.holdfast.maglev;

/// How one flow found its destination.
///
/// Destinations are indexes into [Table#destinations()], or -1 for none.
///
/// @param key the flow's address and port, as the one number that is hashed
/// @param hash of the key, 32 bits
/// @param slot the hash modulo the size of the table
/// @param owner whose slot that is
/// @param tries how many further slots were tried, because the owner does not serve; 0: none
/// @param lastSlot the slot that decided; `slot` itself without tries
/// @param destination what the flow gets
public record Walk(
        int key, int hash, int slot, int owner, int tries, int lastSlot, int destination) {

    /// Whether the flow got another destination than the owner of its slot.
    public boolean isFallback() {
        return destination != owner && destination >= 0;
    }
}
