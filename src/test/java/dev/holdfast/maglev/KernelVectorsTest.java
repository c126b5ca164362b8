package dev.holdfast.maglev;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Every answer in `mh-flows.json.gz` was read from a real kernel's connection table.
class KernelVectorsTest {

    private static final Path FILE = Path.of("src/test/resources/maglev/mh-flows.json.gz");
    private static final JsonNode VECTORS = read();
    private static final int[] FLOWS = keysWithPort();

    @Test
    void thereAreThirtyCasesWithOneFlowForEverySlot() {
        assertThat(VECTORS.get("cases")).hasSize(30);
        assertThat(FLOWS).hasSize(TableSize.DEFAULT.slots());
    }

    @ParameterizedTest
    @MethodSource("cases")
    void everyFlowGetsWhatTheKernelGaveIt(KernelCase given) {
        Table table = given.list().table(TableSize.DEFAULT, ServiceFamily.IPV4);
        List<Destination> destinations = table.destinations();
        int[] keys = given.flags().contains("mh-port") ? FLOWS : keysWithoutPort();
        List<String> answers = new ArrayList<>();
        for (int key : keys) {
            int found =
                    given.flags().contains("mh-fallback")
                            ? table.find(key)
                            : table.findWithoutFallback(key);
            answers.add(found < 0 ? "none" : destinations.get(found).address().getHostAddress());
        }
        assertThat(answers).isEqualTo(given.answers());
    }

    static Stream<KernelCase> cases() {
        return VECTORS.get("cases").valueStream().map(KernelCase::of);
    }

    private static int[] keysWithPort() {
        return VECTORS.get("flows")
                .valueStream()
                .mapToInt(flow ->
                        ServiceFamily.IPV4.key(
                                InetAddress.ofLiteral(flow.get(0).asString()), flow.get(1).asInt()))
                .toArray();
    }

    private static int[] keysWithoutPort() {
        return VECTORS.get("flows")
                .valueStream()
                .mapToInt(flow ->
                        ServiceFamily.IPV4.key(InetAddress.ofLiteral(flow.get(0).asString())))
                .toArray();
    }

    private static JsonNode read() {
        try (InputStream json = new GZIPInputStream(Files.newInputStream(FILE))) {
            return JsonMapper.shared().readTree(json);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    record KernelCase(String name, List<String> flags, KernelList list, List<String> answers) {

        static KernelCase of(JsonNode json) {
            List<String> names =
                    json.get("destinations").valueStream().map(JsonNode::asString).toList();
            return new KernelCase(
                    json.get("name").asString(),
                    json.get("flags").valueStream().map(JsonNode::asString).toList(),
                    replay(json.get("steps")),
                    json.get("answers")
                            .valueStream()
                            .mapToInt(JsonNode::asInt)
                            .mapToObj(answer -> answer < 0 ? "none" : names.get(answer))
                            .toList());
        }

        private static KernelList replay(JsonNode steps) {
            KernelList list = KernelList.empty();
            for (JsonNode step : steps) {
                InetAddress address = InetAddress.ofLiteral(step.get("address").asString());
                int port = step.get("port").asInt();
                switch (step.get("op").asString()) {
                    case "add" -> list.add(address, port, step.get("weight").asInt());
                    case "edit" -> list.edit(address, port, step.get("weight").asInt());
                    case "delete" -> list.delete(address, port);
                    default -> throw new IllegalArgumentException(step.toString());
                }
            }
            return list;
        }

        @Override
        public String toString() {
            return name;
        }
    }
}
