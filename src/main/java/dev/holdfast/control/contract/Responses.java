package dev.holdfast.control.contract;

import io.swagger.v3.oas.models.Components;
import io.swagger.v3.oas.models.headers.Header;
import io.swagger.v3.oas.models.media.ArraySchema;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.IntegerSchema;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.media.ObjectSchema;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.media.StringSchema;
import io.swagger.v3.oas.models.responses.ApiResponse;
import java.util.Map;
import java.util.TreeMap;

/// What all operations may answer when they refuse.
final class Responses {

    /// What each status means here.
    private static final Map<Integer, String> MEANINGS =
            new TreeMap<>(
                    Map.of(
                            400,
                                    "The request is wrong: the field, what was found, what was expected",
                            401, "No token, or one that nobody has",
                            403, "The token does not open this path",
                            404, "There is no such resource",
                            406, "The answer is not to be had in that form",
                            409,
                                    "It contradicts what others have asked for, and by whom it is used",
                            412, "If-Match or If-None-Match does not hold",
                            413, "The body is too large",
                            415, "The body is not application/json",
                            503, "The database does not answer; nothing was stored; try again"));

    static {
        MEANINGS.put(422, "It is well said, and the kernel cannot do it: the nearest that it can");
    }

    private Responses() {}

    static ApiResponse refusal(int status) {
        return new ApiResponse().$ref("#/components/responses/" + status);
    }

    static Header etag() {
        return new Header().$ref("#/components/headers/ETag");
    }

    static void describeIn(Components components) {
        components.addSchemas("Fault", fault()).addSchemas("Problem", problem());
        components.addHeaders(
                "ETag",
                new Header()
                        .description("The revision, in quotes")
                        .schema(new StringSchema().example("\"42\"")));
        Content content =
                new Content()
                        .addMediaType(
                                "application/problem+json",
                                new MediaType().schema(reference("Problem")));
        MEANINGS.forEach((status, meaning) -> {
            ApiResponse response = new ApiResponse().description(meaning).content(content);
            if (status == 401) {
                response.addHeaderObject(
                        "WWW-Authenticate",
                        new Header().description("Bearer").schema(new StringSchema()));
            }
            components.addResponses(String.valueOf(status), response);
        });
    }

    private static Schema<?> fault() {
        return new ObjectSchema()
                .description("One thing that is wrong")
                .addProperty("field", new StringSchema().example("ports[0].port"))
                .addProperty("found", new StringSchema().example("70000"))
                .addProperty(
                        "expected", new StringSchema().example("a whole number from 1 to 65535"));
    }

    private static Schema<?> problem() {
        return new ObjectSchema()
                .description(
                        "RFC 9457. field, found and expected are those of the first of the errors")
                .addProperty("type", new StringSchema())
                .addProperty("title", new StringSchema())
                .addProperty("status", new IntegerSchema())
                .addProperty("detail", new StringSchema())
                .addProperty("instance", new StringSchema())
                .addProperty("field", new StringSchema())
                .addProperty("found", new StringSchema())
                .addProperty("expected", new StringSchema())
                .addProperty("errors", new ArraySchema().items(reference("Fault")));
    }

    private static Schema<?> reference(String name) {
        return new Schema<>().$ref("#/components/schemas/" + name);
    }
}
