package dev.holdfast.lab;

/// Words for a POSIX shell.
final class Shell {
    private Shell() {}

    /// One word, whatever is in it.
    static String quoted(String word) {
        return "'" + word.replace("'", "'\\''") + "'";
    }
}
