package dev.holdfast.lab;

import java.io.File;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// One run of a whole test class inside the guest.
///
/// @param verdicts by JUnit's unique id
/// @param otherwise what to say about a test the guest did not report
record GuestRun(Map<String, Verdict> verdicts, String otherwise) {
    private static final Pattern NEEDED =
            Pattern.compile(
                    "/(jackson-|picocli|jspecify|junit-|assertj-|opentest4j|apiguardian|byte-buddy)");
    private static final Duration LIMIT = Duration.ofMinutes(Extent.of(10, 60));

    static GuestRun of(Class<?> testClass) {
        Guest guest = Guest.shared();
        String namespace = "test-" + testClass.getSimpleName();
        guest.sh("ip netns add " + namespace + " && ip -n " + namespace + " link set lo up");
        try {
            Output output = guest.run(namespace, command(testClass), LIMIT);
            Map<String, Verdict> verdicts = new HashMap<>();
            for (String line : output.out().split("\n", -1)) {
                Verdict.parse(line)
                        .ifPresentOrElse(
                                verdict -> verdicts.put(verdict.test(), verdict),
                                () -> System.out.println(line));
            }
            System.err.print(output.err());
            return new GuestRun(
                    verdicts,
                    "no verdict from the JVM in the guest, which %s:\n%s\n%s"
                            .formatted(end(output.exit()), output.out(), output.err()));
        } finally {
            Namespaces.delete(guest, List.of(namespace));
        }
    }

    private static String end(int exit) {
        return exit == Output.OVERDUE
                ? "was killed after " + LIMIT.toMinutes() + " minutes"
                : "ended with " + exit;
    }

    /// A container that failed (a `@BeforeAll`, say) is the verdict of every test in it.
    Verdict verdict(String test) {
        for (String id = test; id.contains("/"); id = id.substring(0, id.lastIndexOf('/'))) {
            Verdict found = verdicts.get(id);
            if (found != null && (id.equals(test) || found.outcome() != Verdict.Outcome.PASSED)) {
                return found;
            }
        }
        return new Verdict(test, Verdict.Outcome.FAILED, otherwise);
    }

    private static String command(Class<?> testClass) {
        return String.join(
                " ",
                "cd",
                Shell.quoted(Path.of("").toAbsolutePath().toString()),
                "&& exec",
                Jvm.command(),
                "-Xmx512m -ea",
                "-D" + GuestRunner.INSIDE + "=true",
                "-D" + Extent.FULL + "=" + Boolean.getBoolean(Extent.FULL),
                "-cp",
                Shell.quoted(classpath()),
                GuestRunner.class.getName(),
                testClass.getName());
    }

    /// The tests' own classes, what the agent ships with, and the test libraries. With all of
    /// Spring's jars on the path, JUnit's search for engines would take the guest several seconds
    /// more.
    private static String classpath() {
        String all =
                Objects.requireNonNullElseGet(
                        System.getProperty(
                                "surefire.test.class.path"), // Maven's JVM has one jar only
                        () -> System.getProperty("java.class.path", ""));
        return Pattern.compile(File.pathSeparator)
                .splitAsStream(all)
                .filter(entry -> !entry.endsWith(".jar") || NEEDED.matcher(entry).find())
                .collect(Collectors.joining(File.pathSeparator));
    }
}
