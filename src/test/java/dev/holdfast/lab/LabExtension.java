package dev.holdfast.lab;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.LifecycleMethodExecutionExceptionHandler;
import org.junit.jupiter.api.extension.TestExecutionExceptionHandler;
import org.opentest4j.TestAbortedException;

/// See [Lab].
final class LabExtension
        implements TestExecutionExceptionHandler,
                LifecycleMethodExecutionExceptionHandler,
                AfterAllCallback {

    @Override
    public void handleTestExecutionException(ExtensionContext context, Throwable failure)
            throws Throwable {
        throw keepEvidence(context, failure);
    }

    @Override
    public void handleBeforeAllMethodExecutionException(ExtensionContext context, Throwable failure)
            throws Throwable {
        throw keepEvidence(context, failure);
    }

    @Override
    public void handleBeforeEachMethodExecutionException(
            ExtensionContext context, Throwable failure) throws Throwable {
        throw keepEvidence(context, failure);
    }

    @Override
    public void afterAll(ExtensionContext context) {
        if (context.getRequiredTestClass().getEnclosingClass() == null) {
            Guest.dataCentresBuilt().forEach(DataCentre::close);
        }
    }

    private static Throwable keepEvidence(ExtensionContext context, Throwable failure) {
        if (failure instanceof TestAbortedException || Guest.dataCentresBuilt().isEmpty()) {
            return failure;
        }
        Path directory =
                Guest.LEFT_BEHIND
                        .resolve(context.getRequiredTestClass().getSimpleName())
                        .resolve(context.getTestMethod().map(m -> m.getName()).orElse("before"));
        try {
            List<Path> files = Evidence.collect(Guest.shared(), directory);
            System.err.println(
                    "Evidence of the failure: " + directory + ", " + files.size() + " files");
            if (System.getenv("CI") != null) {
                print(files);
            }
        } catch (IOException | RuntimeException e) {
            failure.addSuppressed(e);
        }
        return failure;
    }

    /// Where nobody can look at the machine afterwards, the log of the build is all there is.
    private static void print(List<Path> files) throws IOException {
        for (Path file : files) {
            System.err.println("=== " + file + " ===\n" + Files.readString(file));
        }
    }
}
