package dev.holdfast.agent.kernel;

import java.io.IOException;

/// The kernel could not be observed. The message says what was looked for, and what came of it.
public final class KernelException extends IOException {

    private static final long serialVersionUID = 1;

    public KernelException(String message) {
        super(message);
    }

    public KernelException(String message, Throwable cause) {
        super(message, cause);
    }
}
