package dev.holdfast.control.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.control.driver.Api;
import dev.holdfast.control.driver.WithControlPlane;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.JsonNode;

/// What a person sees in Swagger UI works when it is sent as it stands.
@WithControlPlane
class ExamplesIT {

    private static final List<String> IN_ORDER =
            List.of(
                    "/api/v1/sites/{site}",
                    "/api/v1/sites/{site}/nodes/{node}",
                    "/api/v1/sites/{site}/hosts/{host}",
                    "/api/v1/sites/{site}/vips/{vip}",
                    "/api/v1/sites/{site}/services/{service}",
                    "/api/v1/sites/{site}/services/{service}/backends/{host}");

    @Autowired private Api api;

    @Test
    void theExamplesWorkInTheOrderTheDocumentNames() {
        JsonNode paths = api.get("/v3/api-docs").is(200).json().get("paths");

        for (String path : IN_ORDER) {
            JsonNode put = paths.get(path).get("put");
            String example = put.at("/requestBody/content/application~1json/example").toString();
            assertThat(example).as("example of PUT " + path).isNotEmpty();

            api.put(withExamples(path, put), example).is(201);

            api.get(withExamples(path, paths.get(path).get("get"))).is(200);
        }
    }

    private static String withExamples(String path, JsonNode operation) {
        String filled = path;
        for (JsonNode parameter : operation.get("parameters")) {
            if (parameter.at("/in").asString().equals("path")) {
                filled =
                        filled.replace(
                                "{" + parameter.at("/name").asString() + "}",
                                parameter.at("/example").asString());
            }
        }
        return filled;
    }
}
