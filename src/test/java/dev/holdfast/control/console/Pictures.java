package dev.holdfast.control.console;

import com.microsoft.playwright.Page;
import java.nio.file.Path;

/// Pictures of the console: of every run in `target/console`, and with `-Dholdfast.pictures=write`
/// those for the documentation too.
final class Pictures {

    private static final Path OF_THIS_RUN = Path.of("target", "console");
    private static final Path OF_THE_DOCUMENTATION = Path.of("docs", "images");
    private static final boolean WRITE = "write".equals(System.getProperty("holdfast.pictures"));

    private Pictures() {}

    /// One for the documentation.
    static void take(Page page, String name) {
        keep(page, name);
        if (WRITE) {
            shoot(page, OF_THE_DOCUMENTATION.resolve("console-" + name + ".png"));
        }
    }

    /// One to look at after a run.
    static void keep(Page page, String name) {
        shoot(page, OF_THIS_RUN.resolve(name + ".png"));
    }

    private static void shoot(Page page, Path file) {
        page.screenshot(new Page.ScreenshotOptions().setPath(file).setFullPage(true));
    }
}
