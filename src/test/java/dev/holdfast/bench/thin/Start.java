package dev.holdfast.bench.thin;

import dev.holdfast.bench.Spread;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/// From the moment the agent is executed to the moment it tells systemd that it is ready: it has
/// opened netlink, and asks and tells. On this machine, in an empty network namespace.
final class Start {

    private static final int ROUNDS = 10;

    private static final String PROGRAM =
            """
            use IO::Socket::UNIX; use Socket; use Time::HiRes 'time';
            my $path = shift; unlink $path;
            my $ready = IO::Socket::UNIX->new(Type => SOCK_DGRAM, Local => $path) or die "$path: $!";
            $ENV{NOTIFY_SOCKET} = $path;
            my $start = time;
            my $agent = fork // die; if (!$agent) { exec @ARGV or die "$ARGV[0]: $!" }
            local $SIG{ALRM} = sub { kill 9, $agent; die "not ready after 20 s" }; alarm 20;
            recv($ready, my $said, 100, 0);
            my $took = time - $start;
            die "said $said" unless $said eq 'READY=1';
            open my $status, '<', "/proc/$agent/status"; my ($rss) = join('', <$status>) =~ /VmRSS:\\s+(\\d+)/;
            kill 9, $agent; waitpid $agent, 0;
            printf "%d %d\\n", $took * 1e9, $rss;
            """;

    private final Spread times = new Spread();
    private double megabytes;

    Start(Path directory, Path agent) throws IOException, InterruptedException {
        for (int round = 0; round < ROUNDS; round++) {
            String[] said = once(directory, agent).split(" ", -1);
            times.add(Long.parseLong(said[0]));
            megabytes = Long.parseLong(said[1].strip()) / 1024.0;
        }
    }

    Spread times() {
        return times;
    }

    /// What of it is in memory at that moment.
    double megabytes() {
        return megabytes;
    }

    private static String once(Path directory, Path agent)
            throws IOException, InterruptedException {
        ProcessBuilder builder =
                new ProcessBuilder(
                                List.of(
                                        "unshare",
                                        "--net",
                                        "perl",
                                        "-e",
                                        PROGRAM,
                                        directory.resolve("ready").toAbsolutePath().toString(),
                                        agent.toAbsolutePath().toString(),
                                        "run"))
                        .redirectError(directory.resolve("start.log").toFile());
        builder.environment()
                .putAll(
                        java.util.Map.of(
                                "HOLDFAST_ROLE", "load-balancer",
                                "HOLDFAST_SITE", "large",
                                "HOLDFAST_NAME", "n0",
                                "HOLDFAST_SERVERS", "http://127.0.0.1:8080",
                                "HOLDFAST_TOKEN", "nobody-answers",
                                "HOLDFAST_DATA_DIR",
                                        directory.resolve("start").toAbsolutePath().toString()));
        Process process = builder.start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IOException("the agent did not start; see start.log in " + directory);
        }
        return said;
    }
}
