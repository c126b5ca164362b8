package dev.holdfast.agent.reconcile;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;

/// Clients of UDP that say something again and again, as fast as they can.
final class Talk implements AutoCloseable {

    /// An address of this machine.
    static final String CLIENT = "10.3.200.1";

    private final ExecutorService thread = Executors.newSingleThreadExecutor();
    private final AtomicLong rounds = new AtomicLong();
    private final Future<?> talking;
    private volatile boolean over;

    private Talk(InetSocketAddress vip, List<Integer> ports) {
        talking =
                thread.submit(() -> {
                    while (!over) {
                        for (int port : ports) {
                            sayIfItMay(vip, port);
                        }
                        rounds.incrementAndGet();
                    }
                    return rounds;
                });
    }

    /// @param ports of the clients, one each
    static Talk to(InetSocketAddress vip, List<Integer> ports) {
        return new Talk(vip, ports);
    }

    static void say(InetSocketAddress vip, int from) throws IOException {
        try (DatagramSocket socket = new DatagramSocket(new InetSocketAddress(CLIENT, from))) {
            socket.send(new DatagramPacket(new byte[1], 1, vip));
        }
    }

    /// A packet that IPVS drops is an error to a sender on the same machine.
    private static void sayIfItMay(InetSocketAddress vip, int from) throws IOException {
        try {
            say(vip, from);
        } catch (IOException e) {
            if (!"Operation not permitted".equals(e.getMessage())) {
                throw e;
            }
        }
    }

    /// Comes back when each has said something since.
    void awaitAll() throws InterruptedException, ExecutionException {
        long last = rounds.get() + 2;
        while (rounds.get() < last) {
            if (talking.isDone()) {
                talking.get();
            }
            Thread.sleep(1);
        }
    }

    @Override
    public void close() {
        over = true;
        thread.close();
    }
}
