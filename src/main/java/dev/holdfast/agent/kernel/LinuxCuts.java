package dev.holdfast.agent.kernel;

import dev.holdfast.netlink.sysctl.Sysctl;
import dev.holdfast.netlink.sysctl.SysctlException;
import java.time.Duration;

/// Makes the kernel forget the connections of destinations that go.
///
/// Where `expire_nodest_conn` is 1 as a destination goes, the kernel soon looks through all
/// connections and ends those whose destination is not there at that moment (since Linux 5.9). So
/// it is 1 for that moment only: a destination that goes for its place and comes back must find its
/// connections. And until the kernel has looked, nothing else may go, nor that one come back.
final class LinuxCuts {

    private static final String EXPIRE = "net/ipv4/vs/expire_nodest_conn";

    /// The kernel begins after one tick, up to 10 ms; the rest is for a long table.
    private static final Duration LOOKS = Duration.ofMillis(100);

    private final Sysctl sysctl;
    private long cutAt;
    private boolean looking;

    LinuxCuts(Sysctl sysctl) {
        this.sysctl = sysctl;
    }

    void begin() throws SysctlException {
        sysctl.write(EXPIRE, "1");
        looking = true;
    }

    void end() throws SysctlException {
        cutAt = System.nanoTime();
        if (looking) {
            sysctl.write(EXPIRE, "0");
        }
    }

    /// To be called before a step that the kernel's look must not meet.
    void await() {
        long left = LOOKS.toNanos() - (System.nanoTime() - cutAt);
        if (looking && left > 0) {
            try {
                Thread.sleep(Duration.ofNanos(left));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        looking = false;
    }
}
