/// The control plane's REST API and its long poll as Java calls: several URLs with failover,
/// back-off, deadlines, and refusals as exceptions that carry the control plane's own text.
///
/// Does not know who calls: neither the agent, nor the command line, nor Kubernetes. It keeps no
/// state but which URL answered last.
@NullMarked
package dev.holdfast.client;

import org.jspecify.annotations.NullMarked;
