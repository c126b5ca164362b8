package dev.holdfast.control.desired;

import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodParameter;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.converter.ByteArrayHttpMessageConverter;
import org.springframework.http.converter.HttpMessageConverter;
import org.springframework.http.server.ServerHttpRequest;
import org.springframework.http.server.ServerHttpResponse;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.servlet.mvc.method.annotation.ResponseBodyAdvice;

/// Sends large states as gzip to agents that take it.
///
/// The server's own compression is off: it writes `"42--gzip"` for the `ETag` of every answer it
/// compresses, and the revisions of the REST API are read by people and sent back.
@RestControllerAdvice(assignableTypes = DesiredStateController.class)
class CompressedStates implements ResponseBodyAdvice<byte[]> {

    @Override
    public boolean supports(
            MethodParameter answer, Class<? extends HttpMessageConverter<?>> converter) {
        return ByteArrayHttpMessageConverter.class.isAssignableFrom(converter);
    }

    @Override
    public byte @Nullable [] beforeBodyWrite(
            byte @Nullable [] state,
            MethodParameter answer,
            MediaType type,
            Class<? extends HttpMessageConverter<?>> converter,
            ServerHttpRequest request,
            ServerHttpResponse response) {
        String accepted =
                String.join(",", request.getHeaders().getOrEmpty(HttpHeaders.ACCEPT_ENCODING));
        if (state == null || !Gzip.pays(state, accepted)) {
            return state;
        }
        response.getHeaders().set(HttpHeaders.CONTENT_ENCODING, "gzip");
        response.getHeaders().add(HttpHeaders.VARY, HttpHeaders.ACCEPT_ENCODING);
        return Gzip.of(state);
    }
}
