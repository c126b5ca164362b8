package dev.holdfast.control.web;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Spoils JSON documents: in their values, in their structure, or as text.
final class Mutation {

    private static final JsonMapper JSON = new JsonMapper();

    private static final List<String> VALUES =
            List.of(
                    "null",
                    "true",
                    "0",
                    "-1",
                    "1",
                    "1.5",
                    "1e400",
                    "65535",
                    "65536",
                    "2147483648",
                    "99999999999999999999999",
                    "\"\"",
                    "\"a\"",
                    "\"2\"",
                    "\"\\u0000\"",
                    "\"\\ud800\"",
                    "\"\\udc00x\"",
                    "\"\uD83D\uDE00\"",
                    "\"%00\"",
                    "\"lb1\"",
                    "\"shop\"",
                    "\"FOU\"",
                    "\"IPIP\"",
                    "\"GUE\"",
                    "\"UDP\"",
                    "\"DISABLED\"",
                    "\"IPV6\"",
                    "\"198.51.100.7\"",
                    "\"198.51.100.0/24\"",
                    "\"203.0.113.1\"",
                    "\"10.2.1.2\"",
                    "\"2001:db8::1\"",
                    "\"2001:db8:100::/64\"",
                    "\"::/0\"",
                    "\"0.0.0.0/0\"",
                    "\"::ffff:1.2.3.4\"",
                    "\"fe80::1%eth0\"",
                    "\"1.2.3\"",
                    "\"255.255.255.255\"",
                    "[]",
                    "[null]",
                    "[[]]",
                    "{}",
                    "[\"198.51.100.0/24\"]",
                    "[{\"protocol\":\"TCP\",\"port\":80}]",
                    "{\"kind\":\"TCP\"}");

    private Mutation() {}

    static String of(String json, RandomGenerator random) {
        return switch (random.nextInt(6)) {
            case 0 -> asText(json, random);
            default -> inTree(json, random);
        };
    }

    private static String inTree(String json, RandomGenerator random) {
        JsonNode tree = JSON.readTree(json);
        for (int times = 1 + random.nextInt(2); times > 0; times--) {
            List<JsonNode> containers = new ArrayList<>();
            collect(tree, containers);
            spoil(containers.get(random.nextInt(containers.size())), random);
        }
        return tree.toString();
    }

    private static void collect(JsonNode node, List<JsonNode> containers) {
        if (node.isContainer()) {
            containers.add(node);
            node.forEach(child -> collect(child, containers));
        }
    }

    private static void spoil(JsonNode container, RandomGenerator random) {
        JsonNode value = JSON.readTree(VALUES.get(random.nextInt(VALUES.size())));
        switch (container) {
            case ObjectNode object -> {
                List<String> names = new ArrayList<>(object.propertyNames());
                names.add("surplus");
                String name = names.get(random.nextInt(names.size()));
                if (random.nextInt(4) == 0) {
                    object.remove(name);
                } else {
                    object.set(name, value);
                }
            }
            case ArrayNode array -> {
                if (array.isEmpty() || random.nextBoolean()) {
                    array.add(value);
                } else if (random.nextBoolean()) {
                    array.remove(random.nextInt(array.size()));
                } else {
                    array.add(array.get(random.nextInt(array.size())));
                }
            }
            default -> throw new IllegalStateException(container.toString());
        }
    }

    private static String asText(String json, RandomGenerator random) {
        StringBuilder text = new StringBuilder(json);
        for (int times = 1 + random.nextInt(3); times > 0 && !text.isEmpty(); times--) {
            int at = random.nextInt(text.length());
            switch (random.nextInt(3)) {
                case 0 -> text.deleteCharAt(at);
                case 1 -> text.insert(at, (char) random.nextInt(32, 0x2fff));
                default -> text.setLength(at);
            }
        }
        return text.toString();
    }
}
