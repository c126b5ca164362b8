package dev.holdfast.agent.probe;

import dev.holdfast.wire.HealthCheck;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Asks for one page and looks at the status.
final class HttpTalk {

    private static final Pattern STATUS_LINE =
            Pattern.compile("HTTP/1\\.[01] (?<status>[1-9][0-9]{2})[^\\r\\n]*\\r?\\n");
    private static final int LINE_LENGTH_MAX = 1000;

    private HttpTalk() {}

    /// @param note to go with a pass
    static Result ask(Talk talk, Target target, String note) throws IOException {
        HealthCheck check = target.check();
        String host = check.host() == null ? authority(target.vip().toString()) : check.host();
        String path = check.path() == null ? "/" : check.path();
        talk.send(
                ("GET "
                                + path
                                + " HTTP/1.1\r\nHost: "
                                + host
                                + "\r\nUser-Agent: holdfast-probe\r\nAccept: */*\r\n"
                                + "Connection: close\r\n\r\n")
                        .getBytes(StandardCharsets.US_ASCII));
        StringBuilder answer = new StringBuilder();
        byte[] buffer = new byte[LINE_LENGTH_MAX];
        while (answer.indexOf("\n") < 0 && answer.length() < LINE_LENGTH_MAX) {
            int received = talk.receive(buffer);
            if (received == 0) {
                break;
            }
            answer.append(new String(buffer, 0, received, StandardCharsets.ISO_8859_1));
        }
        int expected = check.expectStatus() == null ? 200 : check.expectStatus();
        Matcher line = STATUS_LINE.matcher(answer);
        if (!line.lookingAt()) {
            return Result.fail("the answer to GET " + path + " is not HTTP");
        }
        String status = String.valueOf(line.group("status"));
        return status.equals(String.valueOf(expected))
                ? Result.pass(note.isEmpty() ? null : note)
                : Result.fail("GET %s: status %s (expected: %d)".formatted(path, status, expected));
    }

    private static String authority(String address) {
        return address.indexOf(':') >= 0 ? "[" + address + "]" : address;
    }
}
