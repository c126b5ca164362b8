package dev.holdfast.agent.report;

import dev.holdfast.maglev.TableSize;
import dev.holdfast.wire.Report;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What this machine is.
public final class Machine {

    private static final Pattern TABLE_INDEX =
            Pattern.compile("(?m)^CONFIG_IP_VS_MH_TAB_INDEX=([0-9]{1,2})$");

    private Machine() {}

    /// @param announces whether the agent knows where to announce VIPs; null on backend hosts
    public static Report.Facts facts(@Nullable Boolean announces) {
        String kernel = firstLine(Path.of("/proc/sys/kernel/osrelease"));
        return new Report.Facts(
                kernel, kernel == null ? null : tableSize(kernel), agentVersion(), announces);
    }

    /// Of the jar that runs.
    public static String agentVersion() {
        Package ours = Machine.class.getPackage();
        String version = ours == null ? null : ours.getImplementationVersion();
        return version == null ? "unpackaged" : version;
    }

    /// The kernel does not tell the size of its table; its build configuration does, where the
    /// distribution installs it.
    private static @Nullable Integer tableSize(String kernel) {
        try {
            String config = Files.readString(Path.of("/boot/config-" + kernel));
            Matcher index = TABLE_INDEX.matcher(config);
            return index.find()
                    ? TableSize.ofIndex(Integer.parseInt(String.valueOf(index.group(1)))).slots()
                    : null;
        } catch (IOException | IllegalArgumentException unknown) {
            return null;
        }
    }

    private static @Nullable String firstLine(Path file) {
        try {
            return Files.readString(file).trim();
        } catch (IOException e) {
            return null;
        }
    }
}
