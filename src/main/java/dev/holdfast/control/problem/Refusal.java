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

    private Refusal(Problem problem, String detail) {
        super(detail);
        this.problem = problem;
        this.faults = List.of();
    }

    /// @param what such as `service shop`
    public static Refusal notFound(String what) {
        return new Refusal(Problem.NOT_FOUND, "there is no " + what);
    }

    /// @param detail a whole sentence: what stands in the way, and what would help
    public static Refusal conflict(String detail) {
        return new Refusal(Problem.CONFLICT, detail);
    }

    public Problem problem() {
        return problem;
    }

    /// Empty when no single field is to blame.
    public List<Fault> faults() {
        return faults;
    }
}
