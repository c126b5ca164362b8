package dev.holdfast.agent.doctor;

import dev.holdfast.agent.kernel.KernelBuild;
import dev.holdfast.maglev.TableSize;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Whether this kernel can do what is asked of it.
final class KernelChecks {
    private static final Pattern VERSION = Pattern.compile("^(\\d+)\\.(\\d+)");

    private KernelChecks() {}

    /// @param modules that the machine's role and encapsulation need
    static List<Finding> all(Ground ground, Set<String> modules) {
        List<Finding> findings = new ArrayList<>();
        String release = ground.release();
        Matcher version = VERSION.matcher(release);
        if (version.find() && number(version, 1) * 1000 + number(version, 2) < 5_003) {
            findings.add(
                    Finding.fault(
                            "kernel " + release + " (expected: 5.3 or newer)",
                            "IPVS wraps packets in GUE only since Linux 5.3",
                            "apt install linux-image-cloud-amd64   # or your distribution's newer one"));
        }
        for (String module : new TreeSet<>(modules)) {
            if (!isThere(ground, release, module)) {
                findings.add(
                        Finding.fault(
                                "module " + module + " is not on this machine",
                                "without it the kernel refuses what the agent asks for",
                                "modprobe %s   # after installing the kernel's extra modules"
                                        .formatted(module)));
            }
        }
        new KernelBuild(ground.root())
                .tableSize()
                .filter(size -> size != TableSize.DEFAULT)
                .ifPresent(size -> findings.add(otherSize(size)));
        return findings;
    }

    private static Finding otherSize(TableSize size) {
        return Finding.warning(
                "the kernel's Maglev table has %d slots (expected: %d, %s=%d)"
                        .formatted(
                                size.slots(),
                                TableSize.DEFAULT.slots(),
                                "CONFIG_IP_VS_MH_TAB_INDEX",
                                TableSize.DEFAULT.index()),
                "connections that move between this machine and a load balancer with the usual"
                        + " size are reset, and plan and explain are not true for it",
                "boot a kernel with the usual size, such as your distribution's: apt install"
                        + " linux-image-cloud-amd64");
    }

    /// Loaded, built in, or there to be loaded.
    private static boolean isThere(Ground ground, String release, String module) {
        if (ground.has("sys/module/" + module)) {
            return true;
        }
        Pattern file =
                Pattern.compile("/" + module.replace("_", "[_-]") + "\\.ko", Pattern.MULTILINE);
        return List.of("modules.dep", "modules.builtin").stream()
                .map(list -> ground.read("lib/modules/" + release + "/" + list))
                .anyMatch(list -> list.filter(text -> file.matcher(text).find()).isPresent());
    }

    private static int number(Matcher matcher, int group) {
        return Integer.parseInt(String.valueOf(matcher.group(group)));
    }
}
