package dev.holdfast.client;

/// No control plane answered. The message names each URL that was tried and what came of it.
public final class UnreachableException extends ControlPlaneException {

    private static final long serialVersionUID = 1;

    UnreachableException(String message) {
        super(message);
    }
}
