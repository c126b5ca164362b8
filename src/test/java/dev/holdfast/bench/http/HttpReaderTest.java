package dev.holdfast.bench.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.bench.http.HttpReader.Unit;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class HttpReaderTest {

    private static final String NOTHING_NEW = "HTTP/1.1 304 Not Modified\r\nETag: \"7\"\r\n\r\n";
    private static final String WITH_LENGTH = "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello";
    private static final String IN_CHUNKS =
            """
            HTTP/1.1 200 OK
            Transfer-Encoding: chunked

            3
            {"r
            1c
            evision":"42"}
            {"revision":1
            3
            23}
            0

            """
                    .replace("\n", "\r\n")
                    .replace("}\r\n{", "}\n{");

    private static List<Message> read(Unit unit, String wire, int pieceBytes) {
        HttpReader reader = new HttpReader(unit);
        List<Message> messages = new ArrayList<>();
        byte[] bytes = wire.getBytes(ISO_8859_1);
        for (int at = 0; at < bytes.length; at += pieceBytes) {
            int length = Math.min(pieceBytes, bytes.length - at);
            reader.read(ByteBuffer.wrap(bytes, at, length), messages::add);
        }
        return messages;
    }

    @Test
    void answersAreWholeHoweverTheyArrive() {
        String wire = NOTHING_NEW + IN_CHUNKS + WITH_LENGTH;
        for (int pieceBytes = 1; pieceBytes <= wire.length(); pieceBytes++) {
            List<Message> messages = read(Unit.ANSWER, wire, pieceBytes);
            assertThat(messages).extracting(Message::status).containsExactly(304, 200, 200);
            assertThat(messages.get(0).header("etag")).contains("\"7\"");
            assertThat(messages.get(1).text())
                    .isEqualTo("{\"revision\":\"42\"}\n{\"revision\":123}");
            assertThat(messages.get(2).text()).isEqualTo("hello");
            assertThat(messages.stream().mapToLong(Message::wireBytes).sum())
                    .isEqualTo(wire.length());
        }
    }

    @Test
    void eachLineOfAnAnswerThatGoesOnIsToldAtOnce() {
        for (int pieceBytes = 1; pieceBytes <= IN_CHUNKS.length(); pieceBytes++) {
            List<Message> messages = read(Unit.LINE, IN_CHUNKS, pieceBytes);
            assertThat(messages.get(0).number("revision")).isEqualTo(42);
            assertThat(messages.get(1).number("revision")).isEqualTo(123);
        }
    }
}
