package dev.holdfast.agent.report;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.holdfast.wire.Report;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The last report as Prometheus reads it, on this machine's loopback alone.
public final class Metrics implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(Metrics.class.getName());

    private final HttpServer server;

    private Metrics(HttpServer server) {
        this.server = server;
    }

    /// Answers `http://127.0.0.1:PORT/metrics`. A port that is taken costs the metrics and nothing
    /// else.
    ///
    /// @param port 0: not at all
    public static void serve(int port, Supplier<@Nullable Report> latest) {
        if (port == 0) {
            return;
        }
        try {
            open(port, latest);
        } catch (IOException e) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "no metrics on 127.0.0.1:%d: %s".formatted(port, e.getMessage()));
        }
    }

    static Metrics open(int port, Supplier<@Nullable Report> latest) throws IOException {
        InetSocketAddress address = new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), port);
        HttpServer server = HttpServer.create(address, 0);
        server.createContext("/metrics", exchange -> answer(exchange, text(latest.get())));
        server.start(); // its one thread is a daemon's: the caller's is one
        return new Metrics(server);
    }

    int port() {
        return server.getAddress().getPort();
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private static void answer(HttpExchange exchange, String text) throws IOException {
        try (exchange) {
            byte[] body = text.getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "text/plain; version=0.0.4");
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
        }
    }

    /// In Prometheus' text format.
    ///
    /// @param report null before the first
    static String text(@Nullable Report report) {
        Lines lines = new Lines();
        lines.gauge("holdfast_agent_up", "1 while the agent runs");
        lines.value("", 1);
        if (report == null) {
            return lines.text.toString();
        }
        lines.gauge("holdfast_agent_applied_revision", "Revision that this machine runs");
        lines.value("", Objects.requireNonNullElse(report.revision(), 0L));
        lines.gauge("holdfast_agent_refused", "1 while the newest revision is refused (NO-CLIFF)");
        lines.value("", report.refusedRevision() == null ? 0 : 1);
        lines.gauge("holdfast_agent_failures", "Steps and duties that fail");
        lines.value("", report.failures() == null ? 0 : report.failures().size());
        lines.type("holdfast_agent_repaired_total", "counter", "Drift that was mended, by kind");
        if (report.repaired() != null) {
            report.repaired()
                    .forEach((kind, count) -> lines.value("{kind=\"" + kind + "\"}", count));
        }
        List<Report.Counters> counters =
                Objects.requireNonNullElse(report.counters(), List.<Report.Counters>of());
        lines.gauge("holdfast_backend_connections", "Established connections");
        counters.forEach(one -> lines.value(labels(one), one.connections()));
        lines.gauge("holdfast_backend_packets_per_second", "From clients");
        counters.forEach(one -> lines.value(labels(one), one.packetsPerSecond()));
        lines.gauge("holdfast_backend_bytes_per_second", "From clients");
        counters.forEach(one -> lines.value(labels(one), one.bytesPerSecond()));
        lines.type(
                "holdfast_second_chance_packets_total",
                "counter",
                "Packets sent on to where an earlier table had them");
        Objects.requireNonNullElse(report.chances(), List.<Report.Chances>of())
                .forEach(one -> lines.value("{service=\"" + one.service() + "\"}", one.packets()));
        return lines.text.toString();
    }

    /// Names of services and hosts have no letter that would have to be escaped.
    private static String labels(Report.Counters one) {
        return "{service=\"%s\",host=\"%s\"}".formatted(one.service(), one.host());
    }

    private static final class Lines {
        private final StringBuilder text = new StringBuilder();
        private String name = "";

        void gauge(String metric, String help) {
            type(metric, "gauge", help);
        }

        void type(String metric, String type, String help) {
            name = metric;
            text.append("# HELP ").append(metric).append(' ').append(help).append('\n');
            text.append("# TYPE ").append(metric).append(' ').append(type).append('\n');
        }

        void value(String labels, long value) {
            text.append(name).append(labels).append(' ').append(value).append('\n');
        }
    }
}
