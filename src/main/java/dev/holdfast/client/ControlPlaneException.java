package dev.holdfast.client;

import java.io.IOException;

/// A call that did not bring what was asked for. Which of the three it is tells what to do.
public abstract sealed class ControlPlaneException extends IOException
        permits RefusedException, UnreachableException, UnreadableException {

    private static final long serialVersionUID = 1;

    ControlPlaneException(String message) {
        super(message);
    }
}
