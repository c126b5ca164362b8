package dev.holdfast.agent.filter;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;

/// A client's socket for datagrams to the bench's port.
final class Sender implements AutoCloseable {
    private final DatagramSocket socket;
    private final InetSocketAddress destination;

    Sender(String source, String destination) {
        this.destination = new InetSocketAddress(InetAddress.ofLiteral(destination), Bench.PORT);
        try {
            socket = new DatagramSocket(new InetSocketAddress(InetAddress.ofLiteral(source), 0));
        } catch (IOException e) {
            throw new AssertionError(source, e);
        }
    }

    void send(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
        try {
            socket.send(new DatagramPacket(bytes, bytes.length, destination));
        } catch (IOException e) {
            throw new AssertionError("to " + destination, e);
        }
    }

    @Override
    public void close() {
        socket.close();
    }
}
