package dev.holdfast.control.audit;

/// What came from outside, in a form that a database and a person can bear.
final class Text {

    private static final int LONGEST = 2000;

    private Text() {}

    static String readable(String text) {
        StringBuilder clean = new StringBuilder();
        text.codePoints()
                .limit(LONGEST)
                .map(c ->
                        Character.isISOControl(c) || Character.getType(c) == Character.SURROGATE
                                ? 0xfffd
                                : c)
                .forEach(clean::appendCodePoint);
        return clean.toString();
    }
}
