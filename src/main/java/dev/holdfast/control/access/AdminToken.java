package dev.holdfast.control.access;

import dev.holdfast.control.database.DataDirectory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.util.regex.Pattern;
import org.springframework.core.env.Environment;
import org.springframework.stereotype.Component;

/// The token that opens everything: `HOLDFAST_ADMIN_TOKEN`, or one made on the first start and kept
/// in a file that only its owner can read.
@Component
class AdminToken {

    /// What fits into an `Authorization: Bearer` header (RFC 6750).
    private static final Pattern ALLOWED = Pattern.compile("[A-Za-z0-9._~+/-]+=*");

    private final byte[] hash;
    private final String whereabouts;

    AdminToken(Environment environment) {
        String given = environment.getProperty("holdfast.admin-token", "").trim();
        if (given.isEmpty()) {
            Path directory = DataDirectory.of(environment);
            Path file = directory.resolve("admin-token");
            this.hash = Secret.hash(Files.exists(file) ? kept(file) : made(directory, file));
            this.whereabouts = "in the file " + file;
        } else {
            if (!ALLOWED.matcher(given).matches()) {
                throw new IllegalArgumentException(
                        "HOLDFAST_ADMIN_TOKEN: not shown here (expected: letters, digits and ._~+/-"
                                + " only, since it travels in a header)");
            }
            this.hash = Secret.hash(given);
            this.whereabouts = "what HOLDFAST_ADMIN_TOKEN says";
        }
    }

    /// In constant time.
    boolean is(String token) {
        return MessageDigest.isEqual(hash, Secret.hash(token));
    }

    /// Where a person finds it: never the token itself.
    String whereabouts() {
        return whereabouts;
    }

    private static String kept(Path file) {
        try {
            String kept = Files.readString(file).trim();
            if (!ALLOWED.matcher(kept).matches()) {
                throw new IllegalStateException(
                        file
                                + " does not hold a token (expected: one; delete the file to have a"
                                + " new one made)");
            }
            return kept;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the admin token in " + file, e);
        }
    }

    /// Written whole beside its place and moved there, so that a crash leaves no half token.
    private static String made(Path directory, Path file) {
        try {
            String made = Secret.make("hf_admin_");
            Path whole =
                    Files.createTempFile(
                            directory,
                            "admin-token",
                            ".new",
                            PosixFilePermissions.asFileAttribute(
                                    PosixFilePermissions.fromString("rw-------")));
            Files.writeString(whole, made + "\n");
            Files.move(whole, file, StandardCopyOption.ATOMIC_MOVE);
            return made;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot keep the admin token in " + file, e);
        }
    }
}
