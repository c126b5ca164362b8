package dev.holdfast.client;

import dev.holdfast.wire.Items;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/// All resources of one kind at one place, such as the services of a site.
public final class Resources<T> {

    private static final int PAGE = 500;

    private final Exchange exchange;
    private final String path;
    private final Class<T> type;

    Resources(Exchange exchange, String path, Class<T> type) {
        this.exchange = exchange;
        this.path = path;
        this.type = type;
    }

    /// One of them; empty when there is none of that name.
    public Optional<Versioned<T>> get(String name)
            throws ControlPlaneException, InterruptedException {
        Call call = Call.get(at(name));
        Answer answer = exchange.send(call);
        if (answer.status() == 404) {
            return Optional.empty();
        }
        return Optional.of(versioned(call, answer));
    }

    /// Creates or replaces one.
    public Versioned<T> put(String name, T value)
            throws ControlPlaneException, InterruptedException {
        return put(name, value, Map.of());
    }

    /// Creates one; refused with 412 when the name exists.
    public Versioned<T> create(String name, T value)
            throws ControlPlaneException, InterruptedException {
        return put(name, value, Map.of("If-None-Match", "*"));
    }

    /// Replaces one; refused with 412 when it is no longer as it was at that revision.
    public Versioned<T> replace(String name, Versioned<T> changed)
            throws ControlPlaneException, InterruptedException {
        return put(name, changed.value(), Map.of("If-Match", "\"" + changed.revision() + "\""));
    }

    /// Deletes one.
    ///
    /// @return the revision that made, empty when there was nothing to delete
    public OptionalLong delete(String name) throws ControlPlaneException, InterruptedException {
        Call call = Call.delete(at(name));
        Answer answer = exchange.send(call);
        if (answer.status() == 404) {
            return OptionalLong.empty();
        }
        return OptionalLong.of(revision(call, accepted(call, answer)));
    }

    /// All of them, page by page, in the order of their names.
    public List<T> list() throws ControlPlaneException, InterruptedException {
        List<T> all = new ArrayList<>();
        @Nullable String after = null;
        do {
            String from = after == null ? "" : "&after=" + Call.segment(after);
            Call call = Call.get(path + "?limit=" + PAGE + from);
            Items<T> page = WireJson.readItems(exchange.sendAccepted(call).body(), type);
            all.addAll(page.items());
            after = page.next();
        } while (after != null);
        return all;
    }

    private Versioned<T> put(String name, T value, Map<String, String> headers)
            throws ControlPlaneException, InterruptedException {
        Call call = Call.put(at(name), headers, WireJson.write(value));
        return versioned(call, exchange.send(call));
    }

    private Versioned<T> versioned(Call call, Answer answer) throws ControlPlaneException {
        T value = WireJson.read(accepted(call, answer).body(), type);
        return new Versioned<>(value, revision(call, answer));
    }

    private static Answer accepted(Call call, Answer answer) throws RefusedException {
        if (answer.status() >= 300) {
            throw new RefusedException(call.toString(), answer);
        }
        return answer;
    }

    private static long revision(Call call, Answer answer) throws UnreadableException {
        return answer.revision()
                .orElseThrow(() ->
                        new UnreadableException(
                                call
                                        + ": ETag "
                                        + answer.etag()
                                        + " (expected: a revision such as \"42\")"));
    }

    private String at(String name) {
        return path + "/" + Call.segment(name);
    }
}
