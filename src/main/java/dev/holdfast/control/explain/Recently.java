package dev.holdfast.control.explain;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;

/// The services that were asked about last: who asks for one client asks for the next. What was at
/// a revision of an epoch never changes.
final class Recently {

    private static final int KEPT = 32;

    record Key(long site, UUID epoch, String service, long revision) {}

    private final Map<Key, ServiceThen> kept =
            new LinkedHashMap<>(16, 0.75f, true) {
                private static final long serialVersionUID = 1;

                @Override
                protected boolean removeEldestEntry(Map.Entry<Key, ServiceThen> eldest) {
                    return size() > KEPT;
                }
            };

    ServiceThen or(Key key, Supplier<ServiceThen> read) {
        synchronized (kept) {
            ServiceThen known = kept.get(key);
            if (known != null) {
                return known;
            }
        }
        ServiceThen found = read.get(); // not under the lock: it waits for the database
        synchronized (kept) {
            kept.put(key, found);
        }
        return found;
    }
}
