package dev.holdfast.lab;

import java.nio.file.Path;
import java.util.Objects;

/// How a Java program is started in the guest: the JDK these tests run on, told to start quickly,
/// which counts where every instruction is emulated.
final class Jvm {
    private static final String FLAGS =
            " -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -Xshare:auto"
                    + " --enable-native-access=ALL-UNNAMED";

    private Jvm() {}

    /// The start of a command line; more flags and the program follow.
    static String command() {
        String home = Objects.requireNonNull(System.getProperty("java.home"));
        return Shell.quoted(Path.of(home, "bin", "java").toString()) + FLAGS;
    }
}
