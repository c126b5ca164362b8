package dev.holdfast.netlink.sysctl;

import java.io.IOException;

/// A setting that is not there, or that the kernel does not let be read or set: `sysctl
/// net/ipv4/vs/sloppy_tcp: value "2": Invalid argument`.
public final class SysctlException extends IOException {

    private static final long serialVersionUID = 1;

    private final String key;

    SysctlException(String key, String explanation) {
        super("sysctl " + key + ": " + explanation);
        this.key = key;
    }

    SysctlException(String key, String explanation, IOException cause) {
        super("sysctl " + key + ": " + explanation, cause);
        this.key = key;
    }

    public String key() {
        return key;
    }
}
