package dev.holdfast.control.problem;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Collects what is wrong with a request, so that its sender learns of all of it at once.
public final class Faults {

    private final List<Fault> faults = new ArrayList<>();

    /// Notes a fault.
    public void add(String field, @Nullable Object found, String expected) {
        faults.add(new Fault(field, Objects.toString(found, "nothing"), expected));
    }

    /// Notes a fault unless `holds`.
    public void unless(boolean holds, String field, @Nullable Object found, String expected) {
        if (!holds) {
            add(field, found, expected);
        }
    }

    /// Notes a fault when a body names another resource than its path does.
    public void sameName(String inPath, @Nullable String inBody) {
        unless(
                inBody == null || inBody.equals(inPath),
                "name",
                inBody,
                inPath + ", as in the path, or left out");
    }

    /// The value, or `otherwise` when it was left out; notes a fault when it is out of bounds.
    public int within(
            String field, @Nullable Integer value, int otherwise, int lowest, int highest) {
        int chosen = value == null ? otherwise : value;
        unless(
                chosen >= lowest && chosen <= highest,
                field,
                chosen,
                "a whole number from " + lowest + " to " + highest);
        return chosen;
    }

    /// @throws Refusal (400) when anything was noted
    public void refuseIfAny() {
        if (!faults.isEmpty()) {
            throw new Refusal(Problem.INVALID, faults);
        }
    }
}
