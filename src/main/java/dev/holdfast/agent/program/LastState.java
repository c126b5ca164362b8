package dev.holdfast.agent.program;

import dev.holdfast.agent.config.AgentConfig;
import dev.holdfast.agent.watch.DesiredState;
import dev.holdfast.agent.watch.StateFile;
import java.io.IOException;
import java.util.Optional;

/// The state on this machine's disk, when it is one for this machine.
final class LastState {

    private LastState() {}

    /// @throws IOException when there is one that cannot be used; the message says why
    static Optional<DesiredState> load(AgentConfig config) throws IOException {
        StateFile file = new StateFile(config.dataDirectory());
        Optional<DesiredState> state =
                switch (config.role()) {
                    case LOAD_BALANCER -> file.loadNode().map(DesiredState.class::cast);
                    case BACKEND -> file.loadHost().map(DesiredState.class::cast);
                };
        if (state.isPresent()) {
            String owner = state.get().head().site() + "/" + state.get().name();
            String self = config.site() + "/" + config.name();
            if (!owner.equals(self)) {
                throw new IOException(
                        "state in %s is that of %s (expected: %s)"
                                .formatted(config.dataDirectory(), owner, self));
            }
        }
        return state;
    }
}
