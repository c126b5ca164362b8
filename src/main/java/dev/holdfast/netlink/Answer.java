package dev.holdfast.netlink;

import java.util.List;

/// What came back for one request.
///
/// @param messages those that carry data
/// @param interrupted the list changed while the kernel wrote it
record Answer(List<NetlinkMessage> messages, boolean interrupted) {}
