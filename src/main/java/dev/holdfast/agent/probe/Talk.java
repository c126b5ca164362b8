package dev.holdfast.agent.probe;

import java.io.IOException;

/// Bytes to a backend and back.
interface Talk {

    void send(byte[] bytes) throws IOException;

    /// @return how many; 0 when the other side has ended
    int receive(byte[] buffer) throws IOException;
}
