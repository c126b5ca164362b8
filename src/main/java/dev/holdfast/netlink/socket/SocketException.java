package dev.holdfast.netlink.socket;

import dev.holdfast.netlink.Errno;
import java.io.IOException;

/// A socket's call that was refused.
public final class SocketException extends IOException {

    private static final long serialVersionUID = 1;

    private final Errno errno;

    SocketException(String operation, Errno errno) {
        super(operation + ": " + errno);
        this.errno = errno;
    }

    public Errno errno() {
        return errno;
    }
}
