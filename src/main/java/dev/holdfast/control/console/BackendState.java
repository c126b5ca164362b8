package dev.holdfast.control.console;

import dev.holdfast.wire.AdminState;
import dev.holdfast.wire.Backend;

/// What a backend does, in one word.
enum BackendState {
    SERVING("serving", Tone.GOOD),
    /// Enabled, and found to be unwell.
    DOWN("down", Tone.BAD),
    DRAINING("draining", Tone.BUSY),
    DISABLED("disabled", Tone.OFF);

    private final String word;
    private final Tone tone;

    BackendState(String word, Tone tone) {
        this.word = word;
        this.tone = tone;
    }

    static BackendState of(Backend backend) {
        AdminState wanted = backend.adminState();
        if (wanted == AdminState.DRAINING) {
            return DRAINING;
        }
        if (wanted == AdminState.DISABLED) {
            return DISABLED;
        }
        return Boolean.FALSE.equals(backend.serving()) ? DOWN : SERVING;
    }

    public String word() {
        return word;
    }

    public Tone tone() {
        return tone;
    }
}
