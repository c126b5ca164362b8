package dev.holdfast.bench.propagation;

import dev.holdfast.bench.http.Conversation;
import dev.holdfast.bench.http.HttpReader;
import dev.holdfast.bench.http.Message;

/// An agent of Holdfast: asks what came after the revision it has, again and again.
final class Poll implements Conversation {

    private static final int WAIT_SECONDS = 60;

    private final String path;
    private final String headers;
    private final String epoch;
    private long revision;

    Poll(String path, String token, String epoch, long revision) {
        this.path = path;
        this.headers = "Authorization: Bearer " + token + "\r\nAccept-Encoding: gzip\r\n";
        this.epoch = epoch;
        this.revision = revision;
    }

    @Override
    public HttpReader.Unit unit() {
        return HttpReader.Unit.ANSWER;
    }

    @Override
    public byte[] opening() {
        String target =
                "%s?after=%d&epoch=%s&wait=%d".formatted(path, revision, epoch, WAIT_SECONDS);
        return Conversation.request("GET", target, headers, "");
    }

    @Override
    public byte[] hear(Message message) {
        switch (message.status()) {
            case 200 -> revision = message.number("revision");
            case 304 -> {}
            default ->
                    throw new IllegalStateException(
                            path + ": " + message.status() + " " + message.text());
        }
        return opening();
    }

    @Override
    public long revision() {
        return revision;
    }
}
