package dev.holdfast.agent.probe;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// Asks `grpc.health.v1.Health/Check` over HTTP/2 without TLS: few enough bytes to need no library.
final class GrpcTalk {

    private static final int FRAME_HEAD = 9;
    private static final int DATA = 0;
    private static final int HEADERS = 1;
    private static final int RESET = 3;
    private static final int SETTINGS = 4;
    private static final int GOAWAY = 7;
    private static final int END_STREAM = 1;
    private static final int END_HEADERS = 4;
    private static final int FRAMES_MAX = 100;

    /// A message that is not compressed, of two bytes: field 1, 1. `SERVING`.
    private static final byte[] SERVING = {0, 0, 0, 0, 2, 8, 1};

    private static final byte[] EMPTY_MESSAGE = {0, 0, 0, 0, 0};

    private GrpcTalk() {}

    static Result ask(Talk talk, Target target) throws IOException {
        String host =
                target.check().host() == null ? target.vip().toString() : target.check().host();
        ByteArrayOutputStream request = new ByteArrayOutputStream();
        request.writeBytes("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        request.writeBytes(frame(SETTINGS, 0, 0, new byte[0]));
        request.writeBytes(frame(HEADERS, END_HEADERS, 1, headers(host)));
        request.writeBytes(frame(DATA, END_STREAM, 1, EMPTY_MESSAGE));
        talk.send(request.toByteArray());
        Frames frames = new Frames(talk);
        for (int i = 0; i < FRAMES_MAX; i++) {
            byte[] head = frames.take(FRAME_HEAD);
            int length = ByteBuffer.wrap(head).getInt() >>> 8;
            byte[] body = frames.take(length);
            switch (head[3]) {
                case DATA -> {
                    return Arrays.equals(body, SERVING)
                            ? Result.pass()
                            : Result.fail("the gRPC health service says that it does not serve");
                }
                case SETTINGS -> {
                    if (head[4] == 0) {
                        talk.send(frame(SETTINGS, 1, 0, new byte[0]));
                    }
                }
                case HEADERS -> {
                    if ((head[4] & END_STREAM) != 0) {
                        return Result.fail("there is no gRPC health service");
                    }
                }
                case RESET, GOAWAY -> {
                    return Result.fail("the gRPC call was refused");
                }
                default -> {} // nothing that matters here
            }
        }
        return Result.fail("no answer in " + FRAMES_MAX + " frames of HTTP/2");
    }

    /// HPACK, literal fields without indexing (RFC 7541, 6.2.2).
    private static byte[] headers(String host) {
        ByteArrayOutputStream block = new ByteArrayOutputStream();
        field(block, ":method", "POST");
        field(block, ":scheme", "http");
        field(block, ":path", "/grpc.health.v1.Health/Check");
        field(block, ":authority", host);
        field(block, "content-type", "application/grpc");
        field(block, "te", "trailers");
        return block.toByteArray();
    }

    private static void field(ByteArrayOutputStream block, String name, String value) {
        block.write(0);
        text(block, name);
        text(block, value);
    }

    /// Up to 126 bytes; a longer host name is cut, and the server may object.
    private static void text(ByteArrayOutputStream block, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
        int length = Math.min(bytes.length, 126);
        block.write(length);
        block.write(bytes, 0, length);
    }

    private static byte[] frame(int type, int flags, int stream, byte[] body) {
        return ByteBuffer.allocate(FRAME_HEAD + body.length)
                .put((byte) 0)
                .putShort((short) body.length)
                .put((byte) type)
                .put((byte) flags)
                .putInt(stream)
                .put(body)
                .array();
    }

    /// Bytes of a stream, by the piece.
    private static final class Frames {

        private final Talk talk;
        private byte[] held = new byte[0];

        Frames(Talk talk) {
            this.talk = talk;
        }

        byte[] take(int count) throws IOException {
            byte[] buffer = new byte[16_384];
            while (held.length < count) {
                int received = talk.receive(buffer);
                if (received == 0) {
                    throw new IOException("the other side ended in the middle of HTTP/2");
                }
                int before = held.length;
                held = Arrays.copyOf(held, before + received);
                System.arraycopy(buffer, 0, held, before, received);
            }
            byte[] piece = Arrays.copyOf(held, count);
            held = Arrays.copyOfRange(held, count, held.length);
            return piece;
        }
    }
}
