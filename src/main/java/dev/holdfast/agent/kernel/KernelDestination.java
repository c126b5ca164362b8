package dev.holdfast.agent.kernel;

/// A destination as IPVS has it, or is to have it.
///
/// @param weight now; 0 takes no new connections
public record KernelDestination(DestinationKey key, Forwarding forwarding, int weight) {

    public KernelDestination withWeight(int other) {
        return new KernelDestination(key, forwarding, other);
    }

    @Override
    public String toString() {
        return key + " " + forwarding + " weight " + weight;
    }
}
