package dev.holdfast.client;

import java.io.IOException;

/// Where the bearer token comes from. Asked before every request, so that a rotated token file is
/// taken up without a restart.
@FunctionalInterface
public interface Credentials {

    String token() throws IOException;
}
