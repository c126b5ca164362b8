package dev.holdfast.bench;

import dev.holdfast.bench.foresight.Foresight;
import dev.holdfast.bench.loss.Loss;
import dev.holdfast.bench.propagation.Propagation;
import dev.holdfast.bench.thin.Thin;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// `./check bench`: runs the benchmarks named, or all, and writes their pages under
/// `docs/benchmarks`.
public final class BenchMain {

    private static final List<Benchmark> ALL =
            List.of(new Propagation(), new Foresight(), new Thin(), new Loss());

    private BenchMain() {}

    public static void main(String[] names) throws Exception {
        List<String> known = ALL.stream().map(Benchmark::name).toList();
        for (String name : names) {
            if (!known.contains(name)) {
                System.err.println("bench: " + name + " is not known (expected: " + known + ")");
                System.exit(2);
            }
        }
        for (Benchmark benchmark : ALL) {
            if (names.length == 0 || List.of(names).contains(benchmark.name())) {
                run(benchmark);
            }
        }
    }

    private static void run(Benchmark benchmark) throws Exception {
        Path directory = Path.of("target", "bench", benchmark.name());
        empty(directory);
        Bench bench = new Bench(directory, Path.of("target", "holdfast-control.jar"));
        String machine = Machine.describe(directory);
        String tables =
                benchmark.run(bench).stream()
                        .map(Table::markdown)
                        .collect(Collectors.joining("\n"));
        Path pages = Files.createDirectories(Path.of("docs", "benchmarks"));
        Path page = pages.resolve(benchmark.name() + ".md");
        Files.writeString(page, page(benchmark, machine, tables));
        bench.say("wrote " + page);
    }

    private static String page(Benchmark benchmark, String machine, String tables) {
        return """
        # %s

        %s
        ## How to run it

            ./check bench %s

        It writes this page.

        ## Measured

        On %s, on this machine:

        %s
        %s
        ## Remarks

        %s\
        """
                .formatted(
                        benchmark.title(),
                        benchmark.about(),
                        benchmark.name(),
                        LocalDate.now(ZoneOffset.UTC),
                        machine,
                        tables,
                        benchmark.remarks());
    }

    private static void empty(Path directory) throws IOException {
        if (Files.exists(directory)) {
            try (Stream<Path> tree = Files.walk(directory)) {
                for (Path path : tree.sorted(java.util.Comparator.reverseOrder()).toList()) {
                    Files.delete(path);
                }
            }
        }
        Files.createDirectories(directory);
    }
}
