package dev.holdfast.control.desired;

import dev.holdfast.wire.HostAddress;
import dev.holdfast.wire.NodePart;
import dev.holdfast.wire.ServiceState;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What the database holds of a site that is newer than some revision: one snapshot, so one
/// revision is never split.
///
/// @param head what all of it belongs to
/// @param oldest deltas can be told from this revision on: all that went since is in `gone`
/// @param site null when it did not change
/// @param chances of the services in `services`, where there is second chance
/// @param gone oldest first
/// @param meant numbers of revisions that a person marked as meant
record Rows(
        Head head,
        long oldest,
        @Nullable Known<SitePart> site,
        List<Known<NodePart>> nodes,
        List<Known<HostAddress>> hosts,
        List<Known<ServiceState>> services,
        Map<String, Chances> chances,
        List<Gone> gone,
        List<Long> meant) {

    /// A resource that a revision removed; it may have come again since.
    record Gone(Key key, long revision) {}
}
