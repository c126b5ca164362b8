package dev.holdfast.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.wire.Backend;
import dev.holdfast.wire.Destination;
import dev.holdfast.wire.Token;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WireJsonTest {

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    @Test
    void leftOutFieldsAreNotWritten() {
        Backend backend = Backend.asked(2, null);
        assertThat(text(WireJson.write(backend))).isEqualTo("{\"weight\":2}");
    }

    @Test
    void aFieldOfANewerControlPlaneIsPassedOver() throws Exception {
        assertThat(WireJson.read(bytes("{\"token\":\"t\",\"colour\":[1]}"), Token.class))
                .isEqualTo(new Token("t"));
    }

    @Test
    void piecesComeAsTheyWereReceivedWithoutWhiteSpace() throws Exception {
        Map<String, byte[]> fields =
                WireJson.fields(bytes("{ \"z\" : { \"b\" : 1 , \"a\" : \"é/\\n\" }, \"n\":null}"));
        assertThat(fields.get("z")).asString().isEqualTo("{\"b\":1,\"a\":\"é/\\n\"}");
        assertThat(fields.get("n")).asString().isEqualTo("null");
        assertThat(WireJson.elements(bytes("[1, {\"a\" : []}]")))
                .extracting(WireJsonTest::text)
                .isEqualTo(List.of("1", "{\"a\":[]}"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "[]",
                "{",
                "{\"host\":\"a\",\"ordinal\":1,\"address\":\"192.0.2.1\",\"weight\":1}",
                "{\"host\":\"a\",\"ordinal\":1,\"address\":\"elsewhere\",\"weight\":1,\"serving\":true}",
                "{\"host\":\"a\",\"ordinal\":1,\"address\":\"192.0.2.1\",\"weight\":1,\"serving\":true}}",
            })
    void whatIsNotARecordIsUnreadable(String json) {
        assertThatThrownBy(() -> WireJson.read(bytes(json), Destination.class))
                .isInstanceOf(UnreadableException.class)
                .hasMessageContaining("expected: Destination");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "3", "[]", "{\"a\":", "{\"a\":1", "{}{}", "<html>"})
    void whatIsNotAnObjectHasNoFields(String json) {
        assertThatThrownBy(() -> WireJson.fields(bytes(json)))
                .isInstanceOf(UnreadableException.class);
    }
}
