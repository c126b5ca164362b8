package dev.holdfast.agent.filter;

import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/// A friend's and a stranger's datagrams, alternately and without pause, for as long as something
/// is done to the filter.
final class Trickle {
    private static final int PAUSE_NANOS = 1_000_000;

    private Trickle() {}

    interface Action {
        void run() throws Exception;
    }

    /// What came of them.
    ///
    /// @param lost of the friend's
    /// @param leaked of the stranger's
    record Count(int sent, int lost, int leaked) {}

    static Count during(Bench bench, Action action) throws Exception {
        AtomicBoolean done = new AtomicBoolean();
        Set<String> received = new HashSet<>();
        AtomicInteger sent = new AtomicInteger();
        Thread receiving = Thread.ofPlatform().start(() -> receive(bench, done, received));
        Thread sending = Thread.ofPlatform().start(() -> send(done, sent));
        try {
            action.run();
        } finally {
            done.set(true);
            sending.join();
            receiving.join();
        }
        int lost = 0;
        int leaked = 0;
        for (int number = 0; number < sent.get(); number++) {
            lost += received.contains("friend " + number) ? 0 : 1;
            leaked += received.contains("stranger " + number) ? 1 : 0;
        }
        return new Count(sent.get(), lost, leaked);
    }

    private static void send(AtomicBoolean done, AtomicInteger sent) {
        try (Sender friend = new Sender(Bench.FRIEND4, Bench.VIP4);
                Sender stranger = new Sender(Bench.STRANGER4, Bench.VIP4)) {
            while (!done.get()) {
                int number = sent.getAndIncrement();
                friend.send("friend " + number);
                stranger.send("stranger " + number);
                LockSupport.parkNanos(PAUSE_NANOS);
            }
        }
    }

    private static void receive(Bench bench, AtomicBoolean done, Set<String> received) {
        boolean last = false;
        while (!last) {
            last = done.get();
            for (String text = bench.receive(); !text.isEmpty(); text = bench.receive()) {
                received.add(text);
            }
        }
    }
}
