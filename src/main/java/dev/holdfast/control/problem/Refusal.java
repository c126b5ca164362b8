package dev.holdfast.control.problem;

import java.util.List;
import java.util.stream.Collectors;

/// A request that is not carried out. Nothing of it was stored.
public class Refusal extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final Problem problem;
    private final transient List<Fault> faults;

    public Refusal(Problem problem, String field, String found, String expected) {
        this(problem, List.of(new Fault(field, found, expected)));
    }

    /// @param faults at least one
    public Refusal(Problem problem, List<Fault> faults) {
        super(faults.stream().map(Fault::toString).collect(Collectors.joining("; ")));
        this.problem = problem;
        this.faults = List.copyOf(faults);
    }

    private Refusal(Problem problem, String detail, List<Fault> faults) {
        super(detail);
        this.problem = problem;
        this.faults = List.copyOf(faults);
    }

    /// @param what such as `service shop`
    public static Refusal notFound(String what) {
        return new Refusal(Problem.NOT_FOUND, "there is no " + what, List.of());
    }

    /// @param detail a whole sentence: what stands in the way, and what would help
    public static Refusal conflict(String detail) {
        return new Refusal(Problem.CONFLICT, detail, List.of());
    }

    /// The same refusal, of one part of a larger request.
    ///
    /// @param part such as `changes[3]`
    /// @param fields where in it the fields are that were refused, such as `changes[3].body`
    public Refusal within(String part, String fields) {
        if (faults.isEmpty()) {
            String detail = String.valueOf(getMessage());
            return new Refusal(
                    problem,
                    part + ": " + detail,
                    List.of(new Fault(part, detail, "a change that can be made")));
        }
        return new Refusal(
                problem,
                faults.stream()
                        .map(fault ->
                                new Fault(
                                        fault.field().equals("body")
                                                ? fields
                                                : fields + "." + fault.field(),
                                        fault.found(),
                                        fault.expected()))
                        .toList());
    }

    public Problem problem() {
        return problem;
    }

    /// Empty when no single field is to blame.
    public List<Fault> faults() {
        return faults;
    }
}
