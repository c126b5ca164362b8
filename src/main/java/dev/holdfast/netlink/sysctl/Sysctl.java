package dev.holdfast.netlink.sysctl;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.regex.Pattern;

/// Reads and writes kernel settings.
///
/// A key is a path with slashes, `net/ipv4/conf/eth0.100/rp_filter`: the notation with dots cannot
/// tell the dot in an interface's name. What is under `net` belongs to the network namespace of the
/// thread that asks.
public final class Sysctl {

    private static final Path PROC_SYS = Path.of("/proc/sys");
    private static final Pattern KEY = Pattern.compile("[^/\\s]+(/[^/\\s]+)*");

    private final Path root;

    public Sysctl() {
        this(PROC_SYS);
    }

    /// @param root another directory than `/proc/sys`, for tests
    public Sysctl(Path root) {
        this.root = root;
    }

    /// The value without the line feed at its end.
    ///
    /// @throws SysctlException when there is no such setting, or it cannot be read
    public String read(String key) throws SysctlException {
        return find(key).orElseThrow(() -> new SysctlException(key, "no such setting" + hint(key)));
    }

    /// The value, or nothing when this kernel has no such setting (now: a module may bring it).
    ///
    /// @throws SysctlException when it cannot be read
    public Optional<String> find(String key) throws SysctlException {
        try {
            return Optional.of(Files.readString(file(key)).strip());
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw new SysctlException(key, reason(e), e);
        }
    }

    /// @throws SysctlException when there is no such setting, or the kernel does not take the value
    public void write(String key, String value) throws SysctlException {
        try {
            // One write and no truncation first: the kernel takes each write for a whole value.
            Files.write(
                    file(key),
                    (value + "\n").getBytes(StandardCharsets.UTF_8),
                    StandardOpenOption.WRITE);
        } catch (NoSuchFileException e) {
            throw new SysctlException(key, "no such setting" + hint(key), e);
        } catch (IOException e) {
            throw new SysctlException(key, "value \"" + value + "\": " + reason(e), e);
        }
    }

    private Path file(String key) {
        Path file = root.resolve(key).normalize();
        if (!KEY.matcher(key).matches() || !file.startsWith(root) || file.equals(root)) {
            throw new IllegalArgumentException(
                    "sysctl key: \"" + key + "\" (expected: a path such as net/ipv4/ip_forward)");
        }
        return file;
    }

    private static String hint(String key) {
        return key.startsWith("net/ipv4/vs/") ? " (expected: the module ip_vs, loaded)" : "";
    }

    // FileSystemException repeats the path before the reason.
    private static String reason(IOException e) {
        if (e instanceof AccessDeniedException) {
            return "Permission denied";
        }
        if (e instanceof FileSystemException refused && refused.getReason() != null) {
            return refused.getReason();
        }
        return e.getMessage() == null ? e.toString() : e.getMessage();
    }
}
