package dev.holdfast.wire;

/// Transport protocol of a service port.
public enum Protocol {
    TCP,
    UDP
}
