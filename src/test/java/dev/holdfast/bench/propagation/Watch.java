package dev.holdfast.bench.propagation;

import dev.holdfast.bench.http.Conversation;
import dev.holdfast.bench.http.HttpReader;
import dev.holdfast.bench.http.Message;

/// An agent of etcd: asks once to be told of every change of a key.
final class Watch implements Conversation {

    private final String key;
    private long revision;

    /// @param key in base 64
    /// @param revision what it has already
    Watch(String key, long revision) {
        this.key = key;
        this.revision = revision;
    }

    @Override
    public HttpReader.Unit unit() {
        return HttpReader.Unit.LINE;
    }

    @Override
    public byte[] opening() {
        String body =
                """
                {"create_request":{"key":"%s","start_revision":%d}}\
                """
                        .formatted(key, revision + 1);
        return Conversation.request("POST", "/v3/watch", "", body);
    }

    @Override
    public byte[] hear(Message message) {
        revision = message.number("revision");
        return SILENCE;
    }

    @Override
    public long revision() {
        return revision;
    }
}
