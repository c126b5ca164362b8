package dev.holdfast.control.desired;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// A receiver's own copy of its desired state, kept by taking in what it is told. Knows nothing of
/// how the server makes it: resources are JSON trees, and the digest is added up anew each time.
final class Reading {

    private static final JsonMapper JSON = new JsonMapper();
    private static final BigInteger MODULUS = BigInteger.ONE.shiftLeft(128);
    private static final List<String> SETTINGS =
            List.of("encapsulation", "accepts", "vipRanges", "mss");

    private final Map<String, String> kinds;
    private final Map<String, Map<String, JsonNode>> lists = new TreeMap<>();
    private final ObjectNode settings = JSON.createObjectNode();
    private @Nullable String epoch;
    private long revision;

    private Reading(Map<String, String> kinds) {
        this.kinds = kinds;
        kinds.keySet().forEach(list -> lists.put(list, new TreeMap<>()));
    }

    static Reading ofNode() {
        return new Reading(Map.of("nodes", "node", "hosts", "host", "services", "service"));
    }

    static Reading ofHost() {
        return new Reading(Map.of("vips", "vip", "services", "service"));
    }

    /// Takes an answer in, and checks what any receiver can check of it.
    Reading take(String body) {
        JsonNode told = JSON.readTree(body);
        boolean full = told.get("full").asBoolean();
        boolean reset = told.get("reset").asBoolean();
        String toldEpoch = told.get("epoch").asString();
        if (!reset && epoch != null) {
            assertThat(toldEpoch).as("epoch without reset: %s", body).isEqualTo(epoch);
            assertThat(told.get("revision").asLong())
                    .as("never older: %s", body)
                    .isGreaterThanOrEqualTo(revision);
        }
        if (full) {
            settings.removeAll();
            lists.values().forEach(Map::clear);
        } else {
            assertThat(reset).as("a delta cannot reset: %s", body).isFalse();
        }
        takeResources(told);
        epoch = toldEpoch;
        revision = told.get("revision").asLong();
        assertThat(digest()).as("digest after %s", body).isEqualTo(told.get("digest").asString());
        return this;
    }

    private void takeResources(JsonNode told) {
        for (String setting : SETTINGS) {
            if (told.has(setting)) {
                settings.set(setting, told.get(setting));
            }
            // As docs of the wire have it: what is empty is as good as left out.
            if (settings.path(setting).isArray() && settings.path(setting).isEmpty()) {
                settings.remove(setting);
            }
        }
        lists.forEach((list, known) -> {
            for (JsonNode resource : told.path(list)) {
                known.put(resource.get("name").asString(), resource);
            }
            for (JsonNode gone : told.path("removed").path(list)) {
                known.remove(gone.asString());
            }
        });
    }

    private String digest() {
        List<BigInteger> hashes = new ArrayList<>();
        hashes.add(hash("site", "", settings()));
        lists.forEach((list, known) ->
                known.forEach((name, resource) ->
                        hashes.add(hash(Objects.requireNonNull(kinds.get(list)), name, resource))));
        BigInteger sum = hashes.stream().reduce(BigInteger.ZERO, BigInteger::add).mod(MODULUS);
        return "%032x".formatted(sum);
    }

    private ObjectNode settings() {
        ObjectNode inOrder = JSON.createObjectNode();
        SETTINGS.stream().filter(settings::has).forEach(s -> inOrder.set(s, settings.get(s)));
        return inOrder;
    }

    private static BigInteger hash(String kind, String name, JsonNode resource) {
        try {
            byte[] bytes =
                    MessageDigest.getInstance("SHA-256")
                            .digest(
                                    (kind + "/" + name + "=" + resource)
                                            .getBytes(StandardCharsets.UTF_8));
            return new BigInteger(1, bytes, 0, 16);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    long revision() {
        return revision;
    }

    String epoch() {
        return epoch == null ? "" : epoch;
    }

    /// The resource, or a missing node.
    JsonNode find(String list, String name) {
        JsonNode found = Objects.requireNonNull(lists.get(list)).get(name);
        return found == null ? JSON.missingNode() : found;
    }

    /// Everything but the receiver's own part, as text that two readings can be compared by.
    String everything() {
        return settings() + " " + lists;
    }
}
