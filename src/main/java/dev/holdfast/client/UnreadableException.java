package dev.holdfast.client;

/// What arrived is not what was promised: not JSON, cut off, or of another shape.
public final class UnreadableException extends ControlPlaneException {

    private static final long serialVersionUID = 1;

    public UnreadableException(String message) {
        super(message);
    }
}
