package dev.holdfast.agent.tool;

/// A program of the machine could not be run, or did not do what it was asked.
public final class ToolException extends Exception {
    private static final long serialVersionUID = 1L;

    private final String command;

    /// @param command what was run, such as `nft -f -`
    /// @param why the program's own words where it said any
    public ToolException(String command, String why) {
        super(why);
        this.command = command;
    }

    public String command() {
        return command;
    }

    /// The program's own words.
    public String why() {
        return String.valueOf(getMessage());
    }
}
