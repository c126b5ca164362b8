package dev.holdfast.control.web;

import dev.holdfast.control.problem.Problem;
import dev.holdfast.control.problem.Refusal;
import java.util.Arrays;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.http.converter.HttpMessageNotReadableException;
import tools.jackson.core.JacksonException;
import tools.jackson.core.exc.StreamReadException;
import tools.jackson.databind.DatabindException;
import tools.jackson.databind.exc.InvalidFormatException;
import tools.jackson.databind.exc.MismatchedInputException;
import tools.jackson.databind.exc.UnrecognizedPropertyException;
import tools.jackson.databind.exc.ValueInstantiationException;

/// Says in the words of the API what Jackson could not read.
final class UnreadableBody {

    private UnreadableBody() {}

    static Refusal explain(HttpMessageNotReadableException e) {
        return switch (e.getCause()) {
            case UnrecognizedPropertyException unknown ->
                    invalid(
                            path(unknown),
                            "unknown field",
                            "one of "
                                    + Objects.requireNonNullElse(
                                            unknown.getKnownPropertyIds(), "none"));
            case ValueInstantiationException refused -> ofOurOwn(path(refused), refused.getCause());
            case InvalidFormatException wrong ->
                    invalid(path(wrong), String.valueOf(wrong.getValue()), type(wrong));
            case MismatchedInputException wrong ->
                    invalid(path(wrong), "another type of value", type(wrong));
            case StreamReadException malformed ->
                    invalid(
                            "body",
                            malformed.getOriginalMessage(),
                            "JSON; see line "
                                    + malformed.getLocation().getLineNr()
                                    + ", column "
                                    + malformed.getLocation().getColumnNr());
            case JacksonException other ->
                    invalid("body", other.getOriginalMessage(), "a JSON document");
            case null, default -> invalid("body", "nothing", "a JSON document");
        };
    }

    /// Our own types say `found (expected: …)` when they refuse a text.
    private static Refusal ofOurOwn(String path, @Nullable Throwable cause) {
        String message = String.valueOf(cause == null ? null : cause.getMessage());
        int at = message.lastIndexOf(" (expected: ");
        return at < 0
                ? invalid(path, message, "a valid value")
                : invalid(
                        path,
                        message.substring(0, at),
                        message.substring(at + " (expected: ".length(), message.length() - 1));
    }

    private static Refusal invalid(String field, String found, String expected) {
        return new Refusal(Problem.INVALID, field.isEmpty() ? "body" : field, found, expected);
    }

    private static String path(DatabindException e) {
        StringBuilder path = new StringBuilder();
        for (JacksonException.Reference step : e.getPath()) {
            if (step.getPropertyName() == null) {
                path.append('[').append(step.getIndex()).append(']');
            } else {
                path.append(path.isEmpty() ? "" : ".").append(step.getPropertyName());
            }
        }
        return path.toString();
    }

    private static String type(MismatchedInputException e) {
        Class<?> type = e.getTargetType();
        if (type == null) {
            return "another type of value";
        }
        if (type.isEnum()) {
            return Arrays.stream(Objects.requireNonNull(type.getEnumConstants()))
                    .map(String::valueOf)
                    .collect(Collectors.joining(", ", "one of ", ""));
        }
        return switch (type.getSimpleName()) {
            case "Integer", "Long" -> "a whole number";
            case "Double" -> "a number";
            case "Boolean" -> "true or false";
            case "List", "ArrayList" -> "a list";
            case "String", "IpAddress", "Prefix" -> "a string";
            default -> "an object";
        };
    }
}
