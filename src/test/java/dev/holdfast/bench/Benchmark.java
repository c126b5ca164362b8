package dev.holdfast.bench;

import java.util.List;

/// One thing that is measured. [BenchMain] lists them all.
public interface Benchmark {

    /// As `./check bench` takes it, and the name of its page.
    String name();

    String title();

    /// What is measured and how: Markdown that stands before the tables.
    String about();

    /// What a reader should hold against the numbers: Markdown that stands after the tables.
    String remarks();

    /// Measures.
    ///
    /// @param bench what it may use
    List<Table> run(Bench bench) throws Exception;
}
