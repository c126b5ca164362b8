package dev.holdfast.wire;

/// A step that the kernel, or a tool the agent runs, refused.
///
/// @param resource such as `service shop TCP 80`
/// @param operation such as `add destination 10.3.1.2:80`
/// @param error errno name and the kernel's own text
public record Failure(String resource, String operation, String error) {

    /// The resource of what BIRD did not do or would not say. While an agent reports one, what it
    /// says of VIPs being announced is not to be relied on.
    public static final String BIRD = "BIRD";
}
