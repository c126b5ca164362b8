package dev.holdfast.control.contract;

import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Properties;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.ClassPathResource;
import org.springframework.stereotype.Component;

/// The document's words, which stand in `contract/words.properties`.
@Component
class Words {

    private static final Pattern INNER_CAPITAL = Pattern.compile("(?<=[a-z0-9])(?=[A-Z])");

    private final Properties words = new Properties();

    Words() {
        ClassPathResource file = new ClassPathResource("contract/words.properties");
        try (Reader text = new InputStreamReader(file.getInputStream(), StandardCharsets.UTF_8)) {
            words.load(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// What an operation does, in one line; made of its name where nobody wrote it.
    String ofOperation(String id) {
        String written = words.getProperty("operation." + id);
        return written == null ? spaced(id) : written;
    }

    /// @param operation its id
    @Nullable String ofParameter(String operation, String name) {
        String own = words.getProperty("parameter." + operation + "." + name);
        return own == null ? words.getProperty("parameter." + name) : own;
    }

    @Nullable String exampleOf(String parameter) {
        return words.getProperty("example." + parameter);
    }

    /// @param type simple name of the record
    @Nullable String ofField(String type, String field) {
        return words.getProperty("field." + type + "." + field);
    }

    /// `DesiredState` becomes `desired state`.
    static String spaced(String name) {
        return INNER_CAPITAL.matcher(name).replaceAll(" ").toLowerCase(Locale.ROOT);
    }
}
