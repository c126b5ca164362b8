package dev.holdfast.control.contract;

import dev.holdfast.control.revision.WriteConditions;
import dev.holdfast.control.web.Page;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.media.BooleanSchema;
import io.swagger.v3.oas.models.media.IntegerSchema;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.media.StringSchema;
import io.swagger.v3.oas.models.parameters.Parameter;
import io.swagger.v3.oas.models.responses.ApiResponse;
import io.swagger.v3.oas.models.responses.ApiResponses;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.springdoc.core.customizers.OperationCustomizer;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Component;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.context.request.async.DeferredResult;
import org.springframework.web.method.HandlerMethod;

/// Completes each operation with what a controller's method does not say: conditions, pages, entity
/// tags and refusals.
@Component
class Operations implements OperationCustomizer {

    private static final Set<String> MAY_BE_IMPOSSIBLE = Set.of("putMigration", "putSchedule");

    private final Words words;

    Operations(Words words) {
        this.words = words;
    }

    @Override
    public Operation customize(Operation operation, HandlerMethod method) {
        String kind = method.getBeanType().getSimpleName().replace("Controller", "");
        String id = method.getMethod().getName() + kind;
        operation.setOperationId(id);
        operation.setTags(List.of(Words.spaced(kind)));
        operation.setSummary(words.ofOperation(id));
        Stream.ofNullable(operation.getParameters())
                .flatMap(List::stream)
                .forEach(parameter -> describe(id, parameter));
        boolean writes = takes(method, WriteConditions.class);
        if (writes) {
            addConditions(operation, method);
        }
        if (takes(method, Page.class)) {
            add(operation, "query", "limit", new IntegerSchema().example(100));
            add(operation, "query", "after", new StringSchema());
        }
        succeed(operation, method, writes);
        refuse(operation, writes);
        return operation;
    }

    private void addConditions(Operation operation, HandlerMethod method) {
        add(operation, "header", "If-Match", new StringSchema());
        if (method.hasMethodAnnotation(PutMapping.class)) {
            add(operation, "header", "If-None-Match", new StringSchema());
        }
        add(operation, "query", "meant", new BooleanSchema());
        add(operation, "query", "override", new StringSchema());
    }

    private void add(Operation operation, String where, String name, Schema<?> schema) {
        Parameter parameter = new Parameter().in(where).name(name).required(false).schema(schema);
        describe(String.valueOf(operation.getOperationId()), parameter);
        operation.addParametersItem(parameter);
    }

    private void describe(String operation, Parameter parameter) {
        String name = parameter.getName();
        parameter.setDescription(words.ofParameter(operation, name));
        if ("path".equals(parameter.getIn())) {
            parameter.setExample(words.exampleOf(name));
        }
    }

    private void succeed(Operation operation, HandlerMethod method, boolean writes) {
        ApiResponses responses = operation.getResponses();
        ApiResponse ok = responses.remove("200");
        ApiResponse done = Objects.requireNonNullElseGet(ok, ApiResponse::new);
        responses.clear(); // what springdoc guesses of the refusals
        if (method.hasMethodAnnotation(DeleteMapping.class)) {
            responses.addApiResponse("204", tagged(new ApiResponse().description("It is gone")));
        } else if (method.hasMethodAnnotation(PutMapping.class)) {
            responses.addApiResponse("200", tagged(copy(done).description("It is so now")));
            responses.addApiResponse(
                    "201", tagged(copy(done).description("It is so now, and new")));
        } else {
            responses.addApiResponse("200", done.description("This is it"));
            Class<?> answer = method.getReturnType().getParameterType();
            if (answer == ResponseEntity.class && !writes) {
                tagged(done);
            }
            if (answer == ResponseEntity.class || answer == DeferredResult.class) {
                responses.addApiResponse(
                        "304", new ApiResponse().description("Nothing new; there is no body"));
            }
        }
    }

    private static void refuse(Operation operation, boolean writes) {
        boolean hasBody = operation.getRequestBody() != null;
        boolean hasParameters = operation.getParameters() != null;
        boolean inPath =
                hasParameters
                        && operation.getParameters().stream()
                                .anyMatch(parameter -> "path".equals(parameter.getIn()));
        Stream.of(
                        one(hasParameters || hasBody, 400),
                        one(true, 401),
                        one(true, 403),
                        one(inPath, 404),
                        one(true, 406),
                        one(writes, 409),
                        one(writes, 412),
                        one(hasBody, 413),
                        one(hasBody, 415),
                        one(MAY_BE_IMPOSSIBLE.contains(operation.getOperationId()), 422),
                        one(true, 503))
                .flatMap(status -> status)
                .forEach(status ->
                        operation
                                .getResponses()
                                .addApiResponse(String.valueOf(status), Responses.refusal(status)));
    }

    private static Stream<Integer> one(boolean applies, int status) {
        return applies ? Stream.of(status) : Stream.empty();
    }

    private static boolean takes(HandlerMethod method, Class<?> type) {
        return Arrays.asList(method.getMethod().getParameterTypes()).contains(type);
    }

    private static ApiResponse copy(ApiResponse response) {
        return new ApiResponse().content(response.getContent());
    }

    private static ApiResponse tagged(ApiResponse response) {
        response.addHeaderObject("ETag", Responses.etag());
        return response;
    }
}
