package dev.holdfast.lab;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Optional;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/// Runs one test class inside the guest and prints a [Verdict] line for each test and container.
final class GuestRunner {

    /// Set in the JVM inside the guest, so that [InGuestExtension] lets the methods run there.
    static final String INSIDE = "holdfast.lab.inside";

    private GuestRunner() {}

    public static void main(String[] args) {
        var request =
                LauncherDiscoveryRequestBuilder.request()
                        .selectors(DiscoverySelectors.selectClass(args[0]))
                        .build();
        LauncherFactory.create().execute(request, new Printer());
        System.out.flush();
        Runtime.getRuntime().halt(0); // a thread a test left behind must not hold up the others
    }

    private static final class Printer implements TestExecutionListener {
        @Override
        public void executionFinished(TestIdentifier test, TestExecutionResult result) {
            Verdict.Outcome outcome =
                    switch (result.getStatus()) {
                        case SUCCESSFUL -> Verdict.Outcome.PASSED;
                        case ABORTED -> Verdict.Outcome.ABORTED;
                        case FAILED -> Verdict.Outcome.FAILED;
                    };
            print(test, outcome, trace(result.getThrowable()));
        }

        @Override
        public void executionSkipped(TestIdentifier test, String reason) {
            print(test, Verdict.Outcome.ABORTED, reason);
        }

        private static void print(TestIdentifier test, Verdict.Outcome outcome, String detail) {
            System.out.println(new Verdict(test.getUniqueId(), outcome, detail).line());
        }

        private static String trace(Optional<Throwable> thrown) {
            StringWriter text = new StringWriter();
            thrown.ifPresent(t -> t.printStackTrace(new PrintWriter(text, true)));
            return text.toString();
        }
    }
}
