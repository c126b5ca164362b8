package dev.holdfast.control.console;

import java.util.Locale;

/// How a state is shown. Each has a sign of its own: nobody should need to tell colours apart.
enum Tone {
    GOOD("✓"),
    /// On its way; to be looked at again in a moment.
    BUSY("…"),
    /// Somebody has to do something.
    BAD("!"),
    UNKNOWN("?"),
    /// As somebody wanted it.
    OFF("–");

    private final String sign;

    Tone(String sign) {
        this.sign = sign;
    }

    public String sign() {
        return sign;
    }

    /// Its class in the style sheet.
    public String style() {
        return "tone-" + name().toLowerCase(Locale.ROOT);
    }
}
