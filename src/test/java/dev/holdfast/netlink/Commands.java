package dev.holdfast.netlink;

import java.io.IOException;
import java.nio.charset.StandardCharsets;

/// Runs the tools that show the same things this library reads.
public final class Commands {

    private Commands() {}

    /// Standard output of a command that has to succeed.
    public static String run(String command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder("sh", "-c", command).redirectErrorStream(true).start();
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        int exit = process.waitFor();
        if (exit != 0) {
            throw new IllegalStateException(
                    command + ": exit " + exit + " (expected: 0)\n" + output);
        }
        return output;
    }

    /// The same with every run of blanks made one, so that columns can be compared.
    public static String table(String command) throws IOException, InterruptedException {
        return run(command).replaceAll("[ \t]+", " ").replaceAll(" *\n *", "\n").strip();
    }
}
