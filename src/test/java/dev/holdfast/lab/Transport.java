package dev.holdfast.lab;

import java.util.Locale;

/// What carries the client's words.
public enum Transport {
    TCP,
    UDP;

    String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
