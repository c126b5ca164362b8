package dev.holdfast.control.problem;

/// One thing that is wrong: where, what was found, what was expected.
///
/// What was found came from outside: it is cut to a readable length, and what is not well-formed
/// Unicode is replaced, since it could not travel back.
///
/// @param field JSON path such as `ports[0].port`, a parameter or a header
public record Fault(String field, String found, String expected) {

    private static final int LONGEST = 200;

    public Fault {
        field = readable(field);
        found = readable(found);
    }

    @Override
    public String toString() {
        return field + ": " + found + " (expected: " + expected + ")";
    }

    private static String readable(String text) {
        StringBuilder clean = new StringBuilder();
        text.codePoints()
                .limit(LONGEST)
                .map(c -> Character.isISOControl(c) || isSurrogate(c) ? 0xfffd : c)
                .forEach(clean::appendCodePoint);
        return text.codePointCount(0, text.length()) > LONGEST ? clean + "…" : clean.toString();
    }

    private static boolean isSurrogate(int codePoint) {
        return codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE;
    }
}
