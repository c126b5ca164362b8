package dev.holdfast.control.console;

import dev.holdfast.wire.AdminState;
import java.util.Arrays;
import java.util.List;

/// What a person can do with a backend on its page.
enum Step {
    DRAIN(
            AdminState.DRAINING,
            "Drain",
            "It gets no new connections from now on; those it has stay until they end. It keeps its"
                    + " slots of the table: nobody else's connections move, and enabling it puts"
                    + " everything back."),
    ENABLE(
            AdminState.ENABLED,
            "Enable",
            "It gets new connections again, on the slots of the table that were its own all the"
                    + " time."),
    DISABLE(
            AdminState.DISABLED,
            "Disable",
            "It gets no new connections, and those it has are cut at once. Drain it first if they"
                    + " matter. Nothing but a person enables it again.");

    private final AdminState target;
    private final String word;
    private final String effect;

    Step(AdminState target, String word, String effect) {
        this.target = target;
        this.word = word;
        this.effect = effect;
    }

    /// Those that lead somewhere else from there.
    static List<Step> from(AdminState now) {
        return Arrays.stream(values()).filter(step -> step.target != now).toList();
    }

    static Step to(AdminState target) {
        return Arrays.stream(values()).filter(s -> s.target == target).findFirst().orElseThrow();
    }

    public AdminState target() {
        return target;
    }

    public String word() {
        return word;
    }

    /// What it does to connections, for those about to press the button.
    public String effect() {
        return effect;
    }

    /// Whether it cuts connections.
    public boolean cuts() {
        return this == DISABLE;
    }
}
