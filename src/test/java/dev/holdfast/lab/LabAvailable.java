package dev.holdfast.lab;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.opentest4j.TestAbortedException;

/// Says loudly why a lab test cannot run here: aborted with the reason on a laptop, failed in CI,
/// where a test that quietly does not run is worse than one that fails.
final class LabAvailable implements BeforeAllCallback {
    @Override
    public void beforeAll(ExtensionContext context) throws IOException {
        check();
    }

    static void check() throws IOException {
        List<String> missing = LabRequirements.missing();
        if (missing.isEmpty()) {
            return;
        }
        String reason = "THE LAB CANNOT RUN HERE: " + String.join("; ", missing);
        System.err.println(reason);
        if (System.getenv("CI") == null) {
            throw new TestAbortedException(reason);
        }
        throw new AssertionError(reason + " (and CI is set)");
    }
}
