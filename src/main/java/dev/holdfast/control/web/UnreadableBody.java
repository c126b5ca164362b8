package dev.holdfast.control.web;

import dev.holdfast.control.problem.Problem;
import dev.holdfast.control.problem.Refusal;
import java.util.Arrays;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.http.converter.HttpMessageNotReadableException;
import tools.jackson.core.JacksonException;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.exc.InputCoercionException;
import tools.jackson.core.exc.StreamReadException;
import tools.jackson.databind.exc.InvalidFormatException;
import tools.jackson.databind.exc.InvalidNullException;
import tools.jackson.databind.exc.MismatchedInputException;
import tools.jackson.databind.exc.UnrecognizedPropertyException;
import tools.jackson.databind.exc.ValueInstantiationException;

/// Says in the words of the API what Jackson could not read.
public final class UnreadableBody {

    private UnreadableBody() {}

    static Refusal explain(HttpMessageNotReadableException e) {
        for (Throwable cause = e.getCause(); cause != null; cause = cause.getCause()) {
            if (cause instanceof Refusal already) {
                return already; // of what the body was read from
            }
        }
        return inOurWords(e.getCause());
    }

    /// The same of a part of a body, read on its own.
    public static Refusal explain(JacksonException e) {
        return inOurWords(e);
    }

    private static Refusal inOurWords(@Nullable Throwable failure) {
        return switch (failure) {
            case UnrecognizedPropertyException unknown ->
                    invalid(
                            path(unknown),
                            "unknown field",
                            "one of "
                                    + Objects.requireNonNullElse(
                                            unknown.getKnownPropertyIds(), "none"));
            case ValueInstantiationException refused ->
                    inOurWords(path(refused), said(refused.getCause()), "a valid value");
            case InvalidNullException nothing -> invalid(path(nothing), "null", "no null in it");
            case InvalidFormatException wrong ->
                    inOurWords(path(wrong), String.valueOf(wrong.getValue()), type(wrong));
            case MismatchedInputException wrong when wrong.getTargetType() == String.class ->
                    inOurWords(path(wrong), wrong.getOriginalMessage(), "a string");
            case MismatchedInputException wrong when isTrailing(wrong) ->
                    invalid("body", "more after the end of the document", "one JSON document");
            case MismatchedInputException wrong ->
                    invalid(path(wrong), "another type of value", type(wrong));
            case InputCoercionException tooLarge ->
                    invalid(path(tooLarge), "a number out of range", "a smaller number");
            case StreamReadException malformed ->
                    invalid(
                            "body",
                            malformed.getOriginalMessage(),
                            "JSON; see " + place(malformed.getLocation()));
            case JacksonException other ->
                    invalid(path(other), other.getOriginalMessage(), "a JSON document");
            case null, default -> invalid("body", "nothing", "a JSON document");
        };
    }

    private static String said(@Nullable Throwable cause) {
        return String.valueOf(cause == null ? null : cause.getMessage());
    }

    /// Our own types say `found (expected: …)` when they refuse a text.
    private static Refusal inOurWords(String path, String message, String otherwise) {
        int at = message.lastIndexOf(" (expected: ");
        int end = message.indexOf(')', Math.max(at, 0));
        return at < 0 || end < 0
                ? invalid(path, message, otherwise)
                : invalid(
                        path,
                        message.substring(0, at),
                        message.substring(at + " (expected: ".length(), end));
    }

    private static boolean isTrailing(MismatchedInputException e) {
        return e.getPath().isEmpty() && e.getOriginalMessage().startsWith("Trailing token");
    }

    private static Refusal invalid(String field, String found, String expected) {
        return new Refusal(Problem.INVALID, field.isEmpty() ? "body" : field, found, expected);
    }

    private static String place(@Nullable TokenStreamLocation location) {
        return location == null
                ? "its end"
                : "line " + location.getLineNr() + ", column " + location.getColumnNr();
    }

    private static String path(JacksonException e) {
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
            case "Integer", "Long", "int", "long" -> "a whole number";
            case "Double", "double" -> "a number";
            case "Boolean", "boolean" -> "true or false";
            case "List", "ArrayList" -> "a list";
            case "String", "IpAddress", "Prefix" -> "a string";
            default -> "an object";
        };
    }
}
