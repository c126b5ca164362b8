package dev.holdfast.agent;

import dev.holdfast.agent.program.AgentCommand;

/// Where the agent's jar starts.
public final class AgentMain {

    private AgentMain() {}

    public static void main(String[] args) {
        System.exit(AgentCommand.execute(args));
    }
}
