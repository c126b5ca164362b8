package dev.holdfast.bench.http;

import java.nio.charset.StandardCharsets;

/// What one simulated agent says on its connection, and what it makes of the answers.
public interface Conversation {

    /// Nothing more is asked: the answer goes on by itself.
    byte[] SILENCE = {};

    HttpReader.Unit unit();

    /// The first request.
    byte[] opening();

    /// Takes an answer and says what to ask next.
    byte[] hear(Message message);

    /// The newest revision that the agent has.
    long revision();

    static byte[] request(String method, String target, String headers, String body) {
        return """
        %s %s HTTP/1.1\r
        Host: 127.0.0.1\r
        %s%s\r
        %s\
        """
                .formatted(
                        method,
                        target,
                        headers,
                        body.isEmpty() ? "" : "Content-Length: " + body.length() + "\r\n",
                        body)
                .getBytes(StandardCharsets.UTF_8);
    }
}
