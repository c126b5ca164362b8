package dev.holdfast.agent.probe;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// Sends one datagram and looks at the answer.
final class UdpTalk {

    private static final int DATAGRAM_MAX = 65_535;

    private UdpTalk() {}

    /// Where no answer is expected, all that can be seen is that nobody refuses.
    static Result ask(Talk talk, @Nullable String payload, @Nullable String expected)
            throws IOException {
        talk.send((payload == null ? "" : payload).getBytes(StandardCharsets.UTF_8));
        byte[] buffer = new byte[DATAGRAM_MAX];
        try {
            int length = talk.receive(buffer);
            String answer = new String(buffer, 0, length, StandardCharsets.UTF_8);
            return expected == null || answer.startsWith(expected)
                    ? Result.pass()
                    : Result.fail(
                            "the answer begins with \"%s\" (expected: \"%s\")"
                                    .formatted(
                                            answer.substring(
                                                    0,
                                                    Math.min(answer.length(), expected.length())),
                                            expected));
        } catch (SocketTimeoutException silence) {
            if (expected == null) {
                return Result.pass();
            }
            throw silence;
        }
    }
}
