package dev.holdfast.control.web;

import tools.jackson.core.JsonParser;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.deser.jdk.StringDeserializer;

/// Refuses texts that the database cannot hold or JSON cannot give back: those with NUL, or with
/// half a surrogate pair.
class WellFormedText extends StringDeserializer {

    private static final long serialVersionUID = 1;

    @Override
    public String deserialize(JsonParser json, DeserializationContext context) {
        String text = super.deserialize(json, context);
        if (text.codePoints().anyMatch(WellFormedText::isNoCharacter)) {
            context.reportInputMismatch(
                    String.class, "a NUL or half a surrogate pair (expected: well-formed text)");
        }
        return text;
    }

    private static boolean isNoCharacter(int codePoint) {
        return codePoint == 0
                || (codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE);
    }
}
