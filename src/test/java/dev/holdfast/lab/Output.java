package dev.holdfast.lab;

/// What a shell script in the guest answered.
public record Output(int exit, String out, String err) {

    /// Exit of a script that was still running when its time was over.
    public static final int OVERDUE = 124;

    public boolean ok() {
        return exit == 0;
    }

    /// Standard output of a script that had to succeed.
    String orThrow(String namespace, String script) {
        if (ok()) {
            return out;
        }
        throw new IllegalStateException(
                "exit: %d (expected: 0) of this script in %s:\n%s\n--- output ---\n%s%s"
                        .formatted(exit, namespace, script.strip(), out, err));
    }
}
