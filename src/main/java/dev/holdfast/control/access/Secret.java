package dev.holdfast.control.access;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;

/// Makes bearer tokens and hashes them.
final class Secret {

    private static final SecureRandom RANDOM = new SecureRandom();

    private Secret() {}

    /// 256 random bits.
    ///
    /// @param kind what it starts with, so that people and secret scanners know it when they see it
    static String make(String kind) {
        byte[] bits = new byte[32];
        RANDOM.nextBytes(bits);
        return kind + Base64.getUrlEncoder().withoutPadding().encodeToString(bits);
    }

    /// SHA-256: a slow hash protects guessable secrets, and 256 random bits are not guessable.
    static byte[] hash(String token) {
        try {
            return MessageDigest.getInstance("SHA-256")
                    .digest(token.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e); // every JDK has SHA-256
        }
    }
}
