package dev.holdfast.control.contract;

import dev.holdfast.wire.HostState;
import dev.holdfast.wire.NodeState;
import io.swagger.v3.core.converter.ModelConverters;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.PathItem;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.media.Schema;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.springdoc.core.customizers.OpenApiCustomizer;
import org.springframework.core.io.ClassPathResource;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Says what each field means and which are read-only, and gives every body an example that works.
@Component
class Schemas implements OpenApiCustomizer {

    private static final String READ_ONLY = "Read-only: ";

    /// What answers in bytes that were written beforehand are made of.
    private static final Map<String, Class<?>> WRITTEN_BEFOREHAND =
            Map.of("nodeDesiredState", NodeState.class, "hostDesiredState", HostState.class);

    private final Words words;
    private final JsonNode examples;

    Schemas(Words words, JsonMapper json) {
        this.words = words;
        try (var file = new ClassPathResource("contract/examples.json").getInputStream()) {
            this.examples = json.readTree(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void customise(OpenAPI document) {
        WRITTEN_BEFOREHAND
                .values()
                .forEach(type ->
                        ModelConverters.getInstance()
                                .readAll(type)
                                .forEach(document.getComponents()::addSchemas));
        document.getComponents().getSchemas().forEach(this::describe);
        Responses.describeIn(document.getComponents());
        document.getPaths().values().stream()
                .map(PathItem::readOperations)
                .flatMap(List::stream)
                .forEach(this::complete);
    }

    private void describe(String type, Schema<?> schema) {
        if (schema.getProperties() == null) {
            return;
        }
        schema.getProperties()
                .forEach((field, property) -> {
                    String meaning = words.ofField(type, field);
                    if (meaning != null) {
                        property.setDescription(meaning);
                        property.setReadOnly(meaning.startsWith(READ_ONLY) ? true : null);
                    }
                });
    }

    private void complete(Operation operation) {
        Class<?> written = WRITTEN_BEFOREHAND.get(operation.getOperationId());
        if (written != null) {
            Objects.requireNonNull(operation.getResponses().get("200"))
                    .setContent(json(written.getSimpleName()));
        }
        if (operation.getRequestBody() != null && operation.getRequestBody().getContent() != null) {
            operation.getRequestBody().getContent().values().forEach(this::giveExample);
        }
    }

    private void giveExample(MediaType body) {
        String reference = body.getSchema() == null ? null : body.getSchema().get$ref();
        if (reference != null) {
            String type = reference.substring(reference.lastIndexOf('/') + 1);
            if (examples.has(type)) {
                body.setExample(plain(examples.get(type)));
            }
        }
    }

    /// The document is written by Jackson 2, which knows nothing of our tree.
    private static Object plain(JsonNode example) {
        return new JsonMapper().convertValue(example, Object.class);
    }

    private static Content json(String type) {
        return new Content()
                .addMediaType(
                        "application/json",
                        new MediaType()
                                .schema(new Schema<>().$ref("#/components/schemas/" + type)));
    }
}
