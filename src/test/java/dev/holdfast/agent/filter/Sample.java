package dev.holdfast.agent.filter;

import static java.util.Objects.requireNonNull;

import dev.holdfast.wire.IpAddress;
import dev.holdfast.wire.Prefix;
import dev.holdfast.wire.Protocol;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Rules in few words, for tests.
final class Sample {
    static final String RANGE4 = "198.51.100.0/24";
    static final String RANGE6 = "2001:db8:1::/64";

    private Sample() {}

    /// A site with both families.
    static FilterRules rules(FilteredService... services) {
        return new FilterRules(prefixes(RANGE4, RANGE6), List.of(services));
    }

    /// @param ports such as `tcp/80`
    /// @param sources `null` for everyone
    static FilteredService service(
            String name, String vip, List<String> ports, @Nullable List<Prefix> sources) {
        List<FilteredService.Port> parsed = new ArrayList<>();
        for (String port : ports) {
            String[] parts = port.split("/", 2);
            parsed.add(
                    new FilteredService.Port(
                            parts[0].equals("tcp") ? Protocol.TCP : Protocol.UDP,
                            Integer.parseInt(parts[1])));
        }
        return new FilteredService(name, IpAddress.parse(vip), parsed, sources);
    }

    static List<Prefix> prefixes(String... prefixes) {
        return Stream.of(prefixes).map(Prefix::parse).toList();
    }

    /// A file beside the tests, as the tool would be given it.
    static String golden(String name) {
        try (InputStream file = Sample.class.getResourceAsStream(name)) {
            return new String(requireNonNull(file).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
