package dev.holdfast.bench.propagation;

import dev.holdfast.bench.Spread;
import dev.holdfast.bench.http.Arrivals;
import dev.holdfast.bench.http.Swarm;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;

/// Changes at one contender, and when its agents had them.
final class Rounds implements Closeable {

    private static final Duration LIMIT = Duration.ofSeconds(60);

    private static final Duration SPACING = Duration.ofMillis(150);

    private final Contender contender;
    private final Swarm swarm;
    private long wireBytes;
    private long bodyBytes;

    /// From just before the write to each agent.
    final Spread toAgent = new Spread();

    /// From just before the write to the last agent.
    final Spread toLast = new Spread();

    /// From just before the write to its answer.
    final Spread toWriter = new Spread();

    Rounds(Contender contender, int agents) throws IOException {
        this.contender = contender;
        swarm =
                new Swarm(
                        contender.address(),
                        agents,
                        number -> {
                            try {
                                return contender.agent(number);
                            } catch (IOException e) {
                                throw new UncheckedIOException(e);
                            }
                        });
    }

    /// One change that does not count.
    void warmUp() throws IOException, InterruptedException {
        Arrivals arrivals = swarm.expect(contender.nextRevision());
        contender.write();
        arrivals.await(LIMIT);
    }

    /// One change that counts.
    void measure() throws IOException, InterruptedException {
        Thread.sleep(SPACING); // all of them wait again, and the servers have nothing to do
        Arrivals arrivals = swarm.expect(contender.nextRevision());
        long start = System.nanoTime();
        contender.write();
        toWriter.add(System.nanoTime() - start);
        arrivals.await(LIMIT);
        long[] nanos = arrivals.sinceNanos(start);
        toAgent.add(nanos);
        toLast.add(java.util.Arrays.stream(nanos).max().orElseThrow());
        wireBytes = arrivals.wireBytes();
        bodyBytes = arrivals.bodyBytes();
    }

    int agents() {
        return swarm.size();
    }

    /// What an agent received for the last change, with head and framing.
    long wireBytes() {
        return wireBytes;
    }

    /// What an agent received for the last change, without head and framing.
    long bodyBytes() {
        return bodyBytes;
    }

    @Override
    public void close() throws IOException {
        swarm.close();
    }
}
