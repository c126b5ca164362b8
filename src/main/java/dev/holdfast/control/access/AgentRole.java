package dev.holdfast.control.access;

/// Whose agent it is.
public enum AgentRole {
    NODE("nodes"),
    HOST("hosts");

    private final String pathSegment;

    AgentRole(String pathSegment) {
        this.pathSegment = pathSegment;
    }

    /// As it stands in paths, between the site and the name.
    public String pathSegment() {
        return pathSegment;
    }
}
