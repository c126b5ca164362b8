package dev.holdfast.agent.watch;

import dev.holdfast.client.UnreadableException;
import dev.holdfast.client.WireJson;
import dev.holdfast.wire.Digest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// The fields of a state that belong to the site as a whole, as received.
///
/// Some came later than others. Such a list is left out when it is empty, of the digest too, so
/// that those who know of it and those who do not agree where there is nothing in it.
final class SiteParts {

    private static final Set<String> LEFT_OUT_WHEN_EMPTY = Set.of("accepts");
    private static final byte[] NOTHING = {'[', ']'};

    private final List<String> names;
    private final Map<String, byte[]> json;

    private SiteParts(List<String> names, Map<String, byte[]> json) {
        this.names = names;
        this.json = json;
    }

    /// None of them known yet.
    ///
    /// @param names in the order in which the digest takes them
    static SiteParts of(String... names) {
        return new SiteParts(List.of(names), Map.of());
    }

    SiteParts merge(Map<String, byte[]> fields) {
        Map<String, byte[]> merged = new LinkedHashMap<>(json);
        for (String name : names) {
            byte[] part = fields.get(name);
            if (part != null
                    && LEFT_OUT_WHEN_EMPTY.contains(name)
                    && Arrays.equals(part, NOTHING)) {
                merged.remove(name);
            } else if (part != null) {
                merged.put(name, part);
            }
        }
        return new SiteParts(names, merged);
    }

    <T> T read(String name, Class<T> type) throws UnreadableException {
        byte[] part = json.get(name);
        if (part == null) {
            throw new UnreadableException(name + ": left out (expected: it in a full state)");
        }
        return WireJson.read(part, type);
    }

    /// A list that may be left out.
    <T> List<T> list(String name, Class<T> type) throws UnreadableException {
        List<T> list = new ArrayList<>();
        byte[] part = json.get(name);
        if (part != null) {
            for (byte[] element : WireJson.elements(part)) {
                list.add(WireJson.read(element, type));
            }
        }
        return list;
    }

    Digest digest() {
        Document document = new Document();
        write(document);
        return Digest.ofResource("site", "", document.finish());
    }

    void write(Document document) {
        for (String name : names) {
            byte[] part = json.get(name);
            if (part != null) {
                document.raw(name, part);
            }
        }
    }
}
