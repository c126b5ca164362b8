package dev.holdfast.agent.kernel;

/// By what the agent knows its own things on a machine. What lacks its mark is never touched.
public final class Marks {

    /// How the names of our links begin.
    public static final String LINK_PREFIX = "hf";

    /// The group of our links.
    public static final int LINK_GROUP = 219;

    /// The protocol number of our routes and addresses.
    public static final int PROTOCOL = 219;

    private Marks() {}
}
