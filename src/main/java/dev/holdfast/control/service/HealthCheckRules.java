package dev.holdfast.control.service;

import dev.holdfast.control.problem.Faults;
import dev.holdfast.wire.HealthCheck;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Fills a health check's defaults in, or says what is wrong with it.
final class HealthCheckRules {

    private static final int TEXT_LENGTH_MAX = 1024;
    private static final int HTTP_OK = 200;

    private HealthCheckRules() {}

    static @Nullable HealthCheck filledIn(
            @Nullable HealthCheck asked, List<ServiceSettings.Port> ports, Faults faults) {
        if (asked == null) {
            return null;
        }
        HealthCheck.Kind kind = asked.kind();
        if (kind == null) {
            faults.add("healthCheck.kind", null, "one of " + List.of(HealthCheck.Kind.values()));
            return null;
        }
        boolean http = kind == HealthCheck.Kind.HTTP || kind == HealthCheck.Kind.HTTPS;
        boolean udp = kind == HealthCheck.Kind.UDP;
        only(http, "path", asked.path(), "HTTP and HTTPS", faults);
        only(http, "expectStatus", asked.expectStatus(), "HTTP and HTTPS", faults);
        only(udp, "send", asked.send(), "UDP", faults);
        only(udp, "expect", asked.expect(), "UDP", faults);
        String path = asked.path() == null ? "/" : asked.path();
        faults.unless(
                path.matches("/[!-~]{0,1023}"),
                "healthCheck.path",
                path,
                "a path that begins with / and has no spaces, at most 1024 characters");
        shortEnough("send", asked.send(), faults);
        shortEnough("expect", asked.expect(), faults);
        faults.unless(
                asked.host() == null || asked.host().matches("[0-9A-Za-z.:_-]{1,253}"),
                "healthCheck.host",
                asked.host(),
                "a host name or an address");
        int first = ports.isEmpty() ? 1 : ports.getFirst().number();
        int interval =
                faults.within("healthCheck.intervalSeconds", asked.intervalSeconds(), 5, 1, 300);
        int timeout =
                faults.within(
                        "healthCheck.timeoutSeconds",
                        asked.timeoutSeconds(),
                        Math.min(2, interval),
                        1,
                        60);
        faults.unless(
                timeout <= interval,
                "healthCheck.timeoutSeconds",
                timeout,
                "no more than intervalSeconds, " + interval);
        int status =
                faults.within("healthCheck.expectStatus", asked.expectStatus(), HTTP_OK, 100, 599);
        return new HealthCheck(
                kind,
                faults.within("healthCheck.port", asked.port(), first, 1, 65535),
                http ? path : null,
                asked.host(),
                http ? status : null,
                asked.send(),
                asked.expect(),
                interval,
                timeout,
                faults.within("healthCheck.rise", asked.rise(), 2, 1, 20),
                faults.within("healthCheck.fall", asked.fall(), 3, 1, 20),
                faults.within(
                        "healthCheck.panicPercent",
                        asked.panicPercent(),
                        Serving.PANIC_PERCENT,
                        0,
                        100));
    }

    private static void only(
            boolean applies, String field, @Nullable Object value, String kinds, Faults faults) {
        faults.unless(
                applies || value == null,
                "healthCheck." + field,
                value,
                "to be left out: it is for " + kinds);
    }

    private static void shortEnough(String field, @Nullable String text, Faults faults) {
        faults.unless(
                text == null || text.length() <= TEXT_LENGTH_MAX,
                "healthCheck." + field,
                text,
                "at most " + TEXT_LENGTH_MAX + " characters");
    }
}
