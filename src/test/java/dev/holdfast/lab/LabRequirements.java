package dev.holdfast.lab;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// What a machine must have before a guest can boot on it.
final class LabRequirements {
    private static final List<String> DIRECTORIES =
            List.of("/usr/local/sbin", "/usr/local/bin", "/usr/sbin", "/usr/bin", "/sbin", "/bin");
    private static final List<String> PROGRAMS =
            List.of("qemu-system-x86_64", "busybox", "cpio", "modprobe", "ip", "ipvsadm", "nft");

    private LabRequirements() {}

    /// One sentence per thing that is missing; empty when the lab can run.
    static List<String> missing() throws IOException {
        String system = System.getProperty("os.name") + "/" + System.getProperty("os.arch");
        if (!system.equals("Linux/amd64")) {
            return List.of("system: " + system + " (expected: Linux/amd64)");
        }
        List<String> missing = new ArrayList<>();
        Object uid = Files.getAttribute(Path.of("/proc/self"), "unix:uid");
        if (!uid.equals(0)) {
            missing.add("user id: " + uid + " (expected: 0, the lab needs root)");
        }
        for (String program : PROGRAMS) {
            if (DIRECTORIES.stream().noneMatch(d -> Files.isExecutable(Path.of(d, program)))) {
                missing.add("no " + program + " (the packages in lab/packages bring it)");
            }
        }
        return missing;
    }
}
