package dev.holdfast.agent.reconcile;

/// What a machine is to the site.
public enum Role {
    /// Takes packets to VIPs and sends them to backends.
    LOAD_BALANCER,
    /// Unwraps them and answers.
    BACKEND
}
