package dev.holdfast.bench.propagation;

import dev.holdfast.bench.ServerProcess;
import dev.holdfast.bench.http.Conversation;
import java.io.Closeable;
import java.io.IOException;
import java.net.InetSocketAddress;

/// A server that tells many agents of each change.
interface Contender extends Closeable {

    InetSocketAddress address();

    ServerProcess process();

    /// What of it is in memory in other processes than [#process].
    double besideMegabytes() throws IOException;

    /// The agent of this number, which has everything up to now and waits for more.
    Conversation agent(int number) throws IOException;

    /// The revision that the next write makes.
    long nextRevision();

    /// Makes one change; answered when it is durable.
    void write() throws IOException;
}
