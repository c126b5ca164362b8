package dev.holdfast.agent.config;

import java.util.List;

/// A configuration that cannot be used. The message has one line for each thing that is wrong.
public final class ConfigException extends Exception {

    private static final long serialVersionUID = 1;

    ConfigException(List<String> problems) {
        super(String.join("\n", problems));
    }
}
