package dev.holdfast.lab;

import java.util.List;
import java.util.stream.Collectors;

/// The end of network namespaces.
final class Namespaces {
    private Namespaces() {}

    /// Kills whatever still runs in them, and removes them with all their links and tables.
    static void delete(Guest guest, List<String> namespaces) {
        String files =
                namespaces.stream().map(n -> "/run/netns/" + n).collect(Collectors.joining(" "));
        String lines =
                namespaces.stream()
                        .map(n -> "netns delete " + n + "\n")
                        .collect(Collectors.joining());
        guest.sh(
                """
                inside=$(stat -Lc 'net:[%%i]' %s)
                find /proc/[0-9]*/ns/net -printf '%%l %%p\\n' 2>/dev/null |
                    grep -F "$inside" | cut -d/ -f3 | xargs -r kill -9 2>/dev/null
                ip -batch - <<'LINES'
                %sLINES
                """
                        .formatted(files, lines));
    }
}
