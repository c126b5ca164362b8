package dev.holdfast.client;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.holdfast.wire.Items;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.json.JsonMapper;

/// JSON to wire records and back, and JSON cut into pieces as it was received.
///
/// The only place that knows the JSON library. Unknown fields are passed over, since the other side
/// may be newer; left-out fields are never written.
public final class WireJson {

    private static final JsonMapper MAPPER =
            JsonMapper.builder()
                    .changeDefaultPropertyInclusion(_ ->
                            JsonInclude.Value.construct(
                                    JsonInclude.Include.NON_NULL, JsonInclude.Include.NON_NULL))
                    .build();

    private WireJson() {}

    /// Reads one record.
    ///
    /// @throws UnreadableException when it is not JSON, or not of this shape
    public static <T> T read(byte[] json, Class<T> type) throws UnreadableException {
        try {
            T value = MAPPER.readValue(json, type);
            if (value == null) {
                throw new UnreadableException("null" + expected(type));
            }
            return value;
        } catch (JacksonException e) {
            throw new UnreadableException(e.getOriginalMessage() + expected(type));
        }
    }

    /// Reads one page of a list.
    static <T> Items<T> readItems(byte[] json, Class<T> type) throws UnreadableException {
        Map<String, byte[]> fields = fields(json);
        List<T> items = new ArrayList<>();
        for (byte[] item : elements(fields.getOrDefault("items", new byte[0]))) {
            items.add(read(item, type));
        }
        byte[] next = fields.get("next");
        return new Items<>(items, next == null ? null : read(next, String.class));
    }

    /// Compact UTF-8.
    public static byte[] write(Object value) {
        return MAPPER.writeValueAsBytes(value);
    }

    /// Indented, for people.
    public static String writePretty(Object value) {
        return MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(value);
    }

    /// Cuts an object into its fields. Each value is as it was received, without white space.
    public static Map<String, byte[]> fields(byte[] object) throws UnreadableException {
        try (JsonParser parser = MAPPER.createParser(object)) {
            expect(parser, JsonToken.START_OBJECT, "an object");
            Map<String, byte[]> fields = new LinkedHashMap<>();
            while (parser.nextToken() != JsonToken.END_OBJECT) {
                String name = parser.currentName();
                parser.nextToken();
                fields.put(name, copy(parser));
            }
            expectEnd(parser);
            return fields;
        } catch (JacksonException e) {
            throw new UnreadableException(e.getOriginalMessage() + " (expected: a JSON object)");
        }
    }

    /// Cuts an array into its elements. Each is as it was received, without white space.
    public static List<byte[]> elements(byte[] array) throws UnreadableException {
        try (JsonParser parser = MAPPER.createParser(array)) {
            expect(parser, JsonToken.START_ARRAY, "a list");
            List<byte[]> elements = new ArrayList<>();
            while (parser.nextToken() != JsonToken.END_ARRAY) {
                elements.add(copy(parser));
            }
            expectEnd(parser);
            return elements;
        } catch (JacksonException e) {
            throw new UnreadableException(e.getOriginalMessage() + " (expected: a JSON list)");
        }
    }

    private static void expect(JsonParser parser, JsonToken token, String what)
            throws UnreadableException {
        JsonToken found = parser.nextToken();
        if (found != token) {
            throw new UnreadableException(found + " (expected: " + what + ")");
        }
    }

    private static void expectEnd(JsonParser parser) throws UnreadableException {
        if (parser.nextToken() != null) {
            throw new UnreadableException(
                    parser.currentToken() + " after the end (expected: nothing)");
        }
    }

    private static byte[] copy(JsonParser parser) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JsonGenerator generator = MAPPER.createGenerator(bytes)) {
            generator.copyCurrentStructure(parser);
        }
        return bytes.toByteArray();
    }

    private static String expected(Class<?> type) {
        return " (expected: " + type.getSimpleName() + ")";
    }
}
