package dev.holdfast.control.access;

/// The agent of one node or host.
///
/// @param site the site's name
/// @param name of the node or host
record Agent(long siteId, String site, AgentRole role, String name) {

    /// The start of all paths that are open to it.
    String path() {
        return "/agent/v1/sites/" + site + "/" + role.pathSegment() + "/" + name + "/";
    }

    @Override
    public String toString() {
        return site + "/" + role.pathSegment() + "/" + name;
    }
}
