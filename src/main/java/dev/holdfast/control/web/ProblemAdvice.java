package dev.holdfast.control.web;

import dev.holdfast.control.problem.DatabaseRefusal;
import dev.holdfast.control.problem.Fault;
import dev.holdfast.control.problem.Problem;
import dev.holdfast.control.problem.Refusal;
import jakarta.persistence.PersistenceException;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.eclipse.jetty.http.HttpException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.TypeMismatchException;
import org.springframework.dao.DataAccessException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.transaction.TransactionException;
import org.springframework.web.ErrorResponse;
import org.springframework.web.HttpMediaTypeNotAcceptableException;
import org.springframework.web.HttpMediaTypeNotSupportedException;
import org.springframework.web.HttpRequestMethodNotSupportedException;
import org.springframework.web.bind.MissingServletRequestParameterException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.context.request.ServletWebRequest;
import org.springframework.web.context.request.WebRequest;
import org.springframework.web.method.annotation.MethodArgumentTypeMismatchException;
import org.springframework.web.servlet.mvc.method.annotation.ResponseEntityExceptionHandler;
import org.springframework.web.servlet.resource.NoResourceFoundException;

/// Hands to [ProblemBody] whatever goes wrong in a controller or on the way to one.
@RestControllerAdvice
class ProblemAdvice extends ResponseEntityExceptionHandler {

    private static final Logger LOG = LoggerFactory.getLogger(ProblemAdvice.class);

    @ExceptionHandler
    ResponseEntity<ProblemDetail> refused(Refusal refusal) {
        return ProblemBody.answer(refusal);
    }

    @ExceptionHandler({
        DataAccessException.class,
        TransactionException.class,
        PersistenceException.class
    })
    ResponseEntity<ProblemDetail> databaseRefused(Exception e, HttpServletRequest request) {
        Optional<Refusal> refusal = DatabaseRefusal.explain(e);
        return refusal.isPresent() ? ProblemBody.answer(refusal.get()) : unforeseen(e, request);
    }

    /// Jetty reads a query only when it is asked for a parameter.
    @ExceptionHandler({
        HttpException.RuntimeException.class,
        HttpException.IllegalArgumentException.class,
        HttpException.IllegalStateException.class
    })
    ResponseEntity<ProblemDetail> unreadable(HttpServletRequest request) {
        String found = String.valueOf(request.getQueryString());
        return ProblemBody.answer(
                new Refusal(Problem.INVALID, "query", found, "UTF-8, percent-encoded"));
    }

    /// Our own mistake. The stack trace goes to the log only.
    @ExceptionHandler
    ResponseEntity<ProblemDetail> unforeseen(Exception e, HttpServletRequest request) {
        LOG.error("{} {} failed", request.getMethod(), request.getRequestURI(), e);
        return ProblemBody.answerOurOwnMistake();
    }

    @Override
    protected @Nullable ResponseEntity<Object> handleHttpMessageNotReadable(
            HttpMessageNotReadableException e,
            HttpHeaders headers,
            HttpStatusCode status,
            WebRequest request) {
        ProblemDetail body = ProblemBody.of(UnreadableBody.explain(e));
        HttpStatusCode ours = HttpStatusCode.valueOf(body.getStatus());
        return handleExceptionInternal(e, body, headers, ours, request);
    }

    @Override
    protected @Nullable ResponseEntity<Object> handleTypeMismatch(
            TypeMismatchException e,
            HttpHeaders headers,
            HttpStatusCode status,
            WebRequest request) {
        String name =
                e instanceof MethodArgumentTypeMismatchException argument
                        ? argument.getName()
                        : String.valueOf(e.getPropertyName());
        String found = String.valueOf(e.getValue());
        Refusal refusal = new Refusal(Problem.INVALID, name, found, expected(e));
        return handleExceptionInternal(e, ProblemBody.of(refusal), headers, status, request);
    }

    @Override
    protected @Nullable ResponseEntity<Object> handleMissingServletRequestParameter(
            MissingServletRequestParameterException e,
            HttpHeaders headers,
            HttpStatusCode status,
            WebRequest request) {
        Fault fault = new Fault(e.getParameterName(), "nothing", "a value");
        return explained(e, e, fault, headers, request);
    }

    @Override
    protected @Nullable ResponseEntity<Object> handleHttpRequestMethodNotSupported(
            HttpRequestMethodNotSupportedException e,
            HttpHeaders headers,
            HttpStatusCode status,
            WebRequest request) {
        String expected =
                String.join(
                        ", ",
                        Objects.requireNonNullElse(e.getSupportedMethods(), new String[] {"none"}));
        return explained(e, e, new Fault("method", e.getMethod(), expected), headers, request);
    }

    @Override
    protected @Nullable ResponseEntity<Object> handleHttpMediaTypeNotSupported(
            HttpMediaTypeNotSupportedException e,
            HttpHeaders headers,
            HttpStatusCode status,
            WebRequest request) {
        String found = Objects.toString(e.getContentType(), "nothing");
        return explained(
                e, e, new Fault("Content-Type", found, "application/json"), headers, request);
    }

    @Override
    protected @Nullable ResponseEntity<Object> handleHttpMediaTypeNotAcceptable(
            HttpMediaTypeNotAcceptableException e,
            HttpHeaders headers,
            HttpStatusCode status,
            WebRequest request) {
        String found = String.valueOf(request.getHeader("Accept"));
        String expected = MediaType.toString(e.getSupportedMediaTypes());
        return explained(e, e, new Fault("Accept", found, expected), headers, request);
    }

    @Override
    protected @Nullable ResponseEntity<Object> handleNoResourceFoundException(
            NoResourceFoundException e,
            HttpHeaders headers,
            HttpStatusCode status,
            WebRequest request) {
        String path = ((ServletWebRequest) request).getRequest().getRequestURI();
        Fault fault = new Fault("path", path, "one of those in /v3/api-docs");
        return explained(e, e, fault, headers, request);
    }

    private @Nullable ResponseEntity<Object> explained(
            Exception e,
            ErrorResponse problem,
            Fault fault,
            HttpHeaders headers,
            WebRequest request) {
        ProblemDetail body = ProblemBody.explained(problem.getBody(), fault);
        return handleExceptionInternal(e, body, headers, problem.getStatusCode(), request);
    }

    /// A parameter's own type says best what it wants.
    private static String expected(TypeMismatchException e) {
        for (Throwable t = e; t != null; t = t.getCause()) {
            if (t instanceof Refusal refusal && !refusal.faults().isEmpty()) {
                return refusal.faults().getFirst().expected();
            }
            String message = String.valueOf(t.getMessage());
            int at = message.indexOf(" (expected: ");
            if (at >= 0 && t.getCause() == null) {
                return message.substring(at + " (expected: ".length(), message.length() - 1);
            }
        }
        Class<?> type = e.getRequiredType();
        if (type != null && type.isEnum()) {
            return Arrays.stream(Objects.requireNonNull(type.getEnumConstants()))
                    .map(String::valueOf)
                    .collect(Collectors.joining(", ", "one of ", ""));
        }
        return type == null ? "another value" : "a value of type " + type.getSimpleName();
    }
}
