package dev.holdfast.control.console;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.options.ColorScheme;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Assumptions;

/// The machine's own chromium, without a window.
///
/// Where there is none, tests that need one say so loudly and do not run; in CI they fail. Another
/// browser of its kind can be named by `-Dholdfast.test.chromium=/path`.
final class Chromium implements AutoCloseable {

    private static final List<String> USUAL =
            List.of(
                    "/usr/bin/chromium",
                    "/usr/bin/chromium-browser",
                    "/usr/bin/google-chrome",
                    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome");

    private static final List<String> QUIET =
            List.of(
                    "--disable-gpu",
                    "--disable-quic",
                    "--no-first-run",
                    "--disable-background-networking",
                    "--disable-component-update",
                    "--disable-sync");

    /// What htmx says when a page is left while it asks for news; a failure has other words too.
    private static final List<String> ABORTED = List.of("htmx:afterRequest", "htmx:sendAbort");

    private final Playwright playwright;
    private final Browser browser;
    private final List<String> complaints = new ArrayList<>();

    private Chromium(Playwright playwright, Browser browser) {
        this.playwright = playwright;
        this.browser = browser;
    }

    static Chromium start() {
        Path program = program().orElseGet(Chromium::without);
        Playwright playwright =
                Playwright.create(
                        new Playwright.CreateOptions()
                                .setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        List<String> arguments = new ArrayList<>(QUIET);
        if ("root".equals(System.getProperty("user.name"))) {
            arguments.add("--no-sandbox"); // its sandbox needs a user who is not root
        }
        Browser browser =
                playwright
                        .chromium()
                        .launch(
                                new BrowserType.LaunchOptions()
                                        .setExecutablePath(program)
                                        .setArgs(arguments));
        return new Chromium(playwright, browser);
    }

    /// A tab with cookies of its own. Whatever it finds wrong with a page is kept as a complaint.
    Page open(int width, int height, ColorScheme colours) {
        BrowserContext context =
                browser.newContext(
                        new Browser.NewContextOptions()
                                .setViewportSize(width, height)
                                .setColorScheme(colours)
                                .setLocale("en-GB"));
        Page page = context.newPage();
        page.setDefaultTimeout(60_000); // generous: the machine may be busy
        page.onConsoleMessage(message -> {
            String text = message.text();
            boolean isAbort = ABORTED.stream().anyMatch(text::startsWith);
            if ((message.type().equals("error") && !isAbort) || text.contains("Content Security")) {
                complaints.add(text);
            }
        });
        page.onPageError(complaints::add);
        page.onRequest(request -> {
            if (!request.url().startsWith("http://127.0.0.1:")) {
                complaints.add("asks for " + request.url());
            }
        });
        return page;
    }

    /// Errors, refused contents, and requests to anybody else.
    List<String> complaints() {
        return complaints;
    }

    @Override
    public void close() {
        browser.close();
        playwright.close();
    }

    private static Optional<Path> program() {
        String named = System.getProperty("holdfast.test.chromium");
        Stream<String> candidates = named == null ? USUAL.stream() : Stream.of(named);
        return candidates.map(Path::of).filter(Files::isExecutable).findFirst();
    }

    private static Path without() {
        String needed = "no chromium in " + USUAL + " (expected: Debian's package chromium)";
        if (Objects.requireNonNullElse(System.getenv("CI"), "").isEmpty()) {
            System.err.println("*** THE CONSOLE WAS NOT SEEN IN A BROWSER: " + needed + " ***");
            return Assumptions.abort(needed);
        }
        return Assertions.fail(needed);
    }
}
