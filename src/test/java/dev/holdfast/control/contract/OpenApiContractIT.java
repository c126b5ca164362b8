package dev.holdfast.control.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.control.driver.Api;
import dev.holdfast.control.driver.WithControlPlane;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.yaml.snakeyaml.Yaml;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@WithControlPlane
class OpenApiContractIT {

    private static final Path COMMITTED = Path.of("openapi", "holdfast.yaml");
    private static final String TO_REWRITE = "; if the code is right: ./check openapi";

    @Autowired private Api api;

    @Test
    void theCommittedDocumentIsWhatTheCodeSays() throws IOException {
        String served = api.asNobody().get("/v3/api-docs.yaml").is(200).body();
        if (Objects.equals(System.getProperty("holdfast.openapi"), "write")) {
            Files.writeString(COMMITTED, served);
        }

        List<String> differences = new ArrayList<>();
        compare("", tree(Files.readString(COMMITTED)), tree(served), differences);

        assertThat(differences).as("%s and the code%s", COMMITTED, TO_REWRITE).isEmpty();
    }

    @Test
    void aDifferenceIsSeenAndNamed() {
        List<String> differences = new ArrayList<>();

        compare("", tree("a: {b: 1, c: [1, 2]}"), tree("a: {b: 2, c: [1]}"), differences);

        assertThat(differences).containsExactly("/a/b: 1 (code: 2)", "/a/c: [1,2] (code: [1])");
    }

    @Test
    void everyOperationSaysWhatItDoesAndWhatItRefuses() {
        JsonNode paths = api.get("/v3/api-docs").is(200).json().get("paths");

        paths.properties()
                .forEach(path ->
                        path.getValue()
                                .properties()
                                .forEach(method -> {
                                    String where = method.getKey() + " " + path.getKey();
                                    JsonNode operation = method.getValue();
                                    assertThat(operation.at("/summary").asString())
                                            .as(where)
                                            .isNotBlank();
                                    assertThat(operation.get("responses").propertyNames())
                                            .as(where)
                                            .contains("401", "403", "503");
                                }));
        assertThat(paths.size()).isGreaterThan(10);
    }

    @Test
    void theUserInterfaceIsThere() {
        assertThat(api.asNobody().get("/swagger-ui.html").status()).isIn(200, 302);
        api.asNobody().get("/swagger-ui/index.html").is(200);
    }

    private static void compare(String at, JsonNode left, JsonNode right, List<String> found) {
        if (left.isObject() && right.isObject()) {
            TreeSet<String> names = new TreeSet<>(left.propertyNames());
            names.addAll(right.propertyNames());
            names.forEach(
                    name -> compare(at + "/" + name, left.path(name), right.path(name), found));
        } else if (!left.equals(right)) {
            found.add(at + ": " + left + " (code: " + right + ")");
        }
    }

    private static JsonNode tree(String yaml) {
        Object plain = new Yaml().load(yaml);
        return new JsonMapper().valueToTree(plain);
    }
}
