package dev.holdfast.bench.http;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.function.Consumer;

/// Puts the answers on one connection together from the pieces in which they arrive.
public final class HttpReader {

    /// When a body has said something.
    public enum Unit {
        /// At its end: ordinary answers.
        ANSWER,
        /// At the end of each line: an answer that goes on for ever.
        LINE
    }

    private enum Expecting {
        HEAD,
        BODY,
        CHUNK_SIZE,
        CHUNK,
        CHUNK_END,
        TRAILER
    }

    private final Unit unit;
    private final Bytes line = new Bytes();
    private final Bytes body = new Bytes();
    private final StringBuilder head = new StringBuilder();
    private Expecting expecting = Expecting.HEAD;
    private int status;
    private boolean chunked;
    private long remaining;
    private long wireBytes;

    public HttpReader(Unit unit) {
        this.unit = unit;
    }

    /// Takes all of `in`; hands over whatever it completes.
    public void read(ByteBuffer in, Consumer<Message> sink) {
        while (in.hasRemaining()) {
            switch (expecting) {
                case HEAD, CHUNK_SIZE, CHUNK_END, TRAILER -> readLine(in, sink);
                case BODY, CHUNK -> readBody(in, sink);
            }
        }
    }

    private void readLine(ByteBuffer in, Consumer<Message> sink) {
        while (in.hasRemaining()) {
            byte next = in.get();
            wireBytes++;
            if (next == '\n') {
                String whole = new String(line.take(), StandardCharsets.ISO_8859_1).stripTrailing();
                endOfLine(whole, sink);
                return;
            }
            line.add(next);
        }
    }

    private void endOfLine(String whole, Consumer<Message> sink) {
        switch (expecting) {
            case HEAD -> headLine(whole, sink);
            case CHUNK_SIZE -> {
                remaining = Long.parseLong(whole.split(";", 2)[0].trim(), 16);
                expecting = remaining == 0 ? Expecting.TRAILER : Expecting.CHUNK;
            }
            case CHUNK_END -> expecting = Expecting.CHUNK_SIZE;
            case TRAILER -> {
                if (whole.isEmpty()) {
                    endOfAnswer(sink);
                }
            }
            case BODY, CHUNK -> throw new IllegalStateException(expecting + " is no line");
        }
    }

    private void headLine(String whole, Consumer<Message> sink) {
        if (!whole.isEmpty()) {
            if (head.isEmpty()) {
                status = Integer.parseInt(whole.split(" ", 3)[1]);
            }
            head.append(whole).append('\n');
            String small = whole.toLowerCase(Locale.ROOT);
            if (small.startsWith("content-length:")) {
                remaining = Long.parseLong(whole.substring(15).trim());
            } else if (small.startsWith("transfer-encoding:")) {
                chunked = small.endsWith("chunked");
            }
        } else if (status == 204 || status == 304 || (!chunked && remaining == 0)) {
            endOfAnswer(sink);
        } else {
            expecting = chunked ? Expecting.CHUNK_SIZE : Expecting.BODY;
        }
    }

    private void readBody(ByteBuffer in, Consumer<Message> sink) {
        int length = (int) Math.min(remaining, in.remaining());
        int from = in.position();
        int end = from + length;
        if (unit == Unit.LINE) {
            for (int at = from; at < end; at++) {
                if (in.get(at) == '\n') {
                    end = at + 1;
                    break;
                }
            }
        }
        wireBytes += end - from;
        remaining -= end - from;
        body.add(in, end - from);
        boolean lineIsWhole = unit == Unit.LINE && in.get(end - 1) == '\n';
        if (remaining == 0) {
            expecting = chunked ? Expecting.CHUNK_END : Expecting.BODY;
        }
        if (lineIsWhole) {
            say(sink);
        } else if (remaining == 0 && !chunked) {
            endOfAnswer(sink);
        }
    }

    private void endOfAnswer(Consumer<Message> sink) {
        say(sink);
        head.setLength(0);
        chunked = false;
        remaining = 0;
        expecting = Expecting.HEAD;
    }

    private void say(Consumer<Message> sink) {
        Message message = new Message(status, head.toString(), body.take(), wireBytes);
        wireBytes = 0;
        sink.accept(message);
    }
}
