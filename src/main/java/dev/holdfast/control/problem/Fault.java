package dev.holdfast.control.problem;

/// One thing that is wrong: where, what was found, what was expected.
///
/// @param field JSON path such as `ports[0].port`, a parameter or a header
public record Fault(String field, String found, String expected) {

    @Override
    public String toString() {
        return field + ": " + found + " (expected: " + expected + ")";
    }
}
