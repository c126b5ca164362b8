package dev.holdfast.control.service;

import dev.holdfast.wire.Backend;
import java.util.Map;

/// A feature that has seen something of backends: it adds that to what people are shown of them.
/// None of it is asked for, and none of it is in the history.
///
/// Implemented by the features, so that `service` need not know them.
public interface BackendSight {

    /// In the transaction that read the backends.
    ///
    /// @param shown backends of that service, by what other tables know them by: to be replaced
    void addTo(KnownService service, Map<Long, Backend> shown);
}
