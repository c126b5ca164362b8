package dev.holdfast.lab;

import java.util.List;
import java.util.stream.Collectors;

/// The end of network namespaces.
final class Namespaces {
    private Namespaces() {}

    /// Kills whatever still runs in them, and removes them with all their links and tables.
    ///
    /// A connection whose far end went first would hold its namespace, and so its modules of the
    /// kernel, for minutes: it gives up at once.
    static void delete(Guest guest, List<String> namespaces) {
        String files =
                namespaces.stream().map(n -> "/run/netns/" + n).collect(Collectors.joining(" "));
        String lines =
                namespaces.stream()
                        .map(n -> "netns delete " + n + "\n")
                        .collect(Collectors.joining());
        guest.sh(
                """
                for file in %1$s; do
                    nsenter --net=$file sh -c 'echo 1 > /proc/sys/net/ipv4/tcp_orphan_retries'
                done
                inside=$(stat -Lc 'net:[%%i]' %1$s)
                find /proc/[0-9]*/ns/net -printf '%%l %%p\\n' 2>/dev/null |
                    grep -F "$inside" | cut -d/ -f3 | xargs -r kill -9 2>/dev/null
                ip -batch - <<'LINES'
                %2$sLINES
                """
                        .formatted(files, lines));
    }
}
