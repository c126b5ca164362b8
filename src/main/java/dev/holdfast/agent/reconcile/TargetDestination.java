package dev.holdfast.agent.reconcile;

import dev.holdfast.agent.kernel.DestinationKey;
import dev.holdfast.agent.kernel.Forwarding;
import dev.holdfast.agent.kernel.KernelDestination;
import dev.holdfast.wire.Destination;

/// A destination as it should be.
///
/// @param nominal what the table is built from (SAME-TABLE), serving or not
public record TargetDestination(
        DestinationKey key, Forwarding forwarding, int nominal, Serving serving) {

    /// Whether it takes new connections.
    public enum Serving {
        YES,
        NO,
        /// Nor keeps those it has.
        CUT;

        /// What is asked for.
        static Serving of(Destination one) {
            if (one.serving()) {
                return YES;
            }
            return Boolean.TRUE.equals(one.cut()) ? CUT : NO;
        }
    }

    TargetDestination notServing() {
        return serving == Serving.CUT
                ? this
                : new TargetDestination(key, forwarding, nominal, Serving.NO);
    }

    /// With the weight that makes the table.
    KernelDestination atNominal() {
        return new KernelDestination(key, forwarding, nominal);
    }

    /// As it should be in the end.
    KernelDestination settled() {
        return new KernelDestination(key, forwarding, serving == Serving.YES ? nominal : 0);
    }
}
