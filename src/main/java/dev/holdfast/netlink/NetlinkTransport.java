package dev.holdfast.netlink;

/// Carries datagrams to the kernel and back. The only thing a test has to replace: bytes in, bytes
/// out.
public interface NetlinkTransport extends AutoCloseable {

    /// Sends one datagram of one or more messages.
    ///
    /// @throws NetlinkException when the kernel did not take it
    void send(byte[] datagram) throws NetlinkException;

    /// The next datagram; waits for it no longer than the transport's time limit.
    ///
    /// @throws NetlinkException `ETIMEDOUT` when none came, `ENOBUFS` when the kernel had to drop
    ///   some
    byte[] receive() throws NetlinkException;

    /// The number under which the kernel knows this end; its answers carry it.
    int portId();

    /// Never fails: there is nothing left to do about it.
    @Override
    void close();
}
