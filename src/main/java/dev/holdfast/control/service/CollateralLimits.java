package dev.holdfast.control.service;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.springframework.stereotype.Component;

/// What services themselves say of flows that move without need; theirs wins over their site's.
@Component
public class CollateralLimits {

    private final ServiceRepository repository;

    CollateralLimits(ServiceRepository repository) {
        this.repository = repository;
    }

    /// Whether any service of a site has a limit of its own.
    public boolean any(long siteId) {
        return repository.existsBySiteIdAndMaxCollateralPercentNotNull(siteId);
    }

    /// Of the services named, the limits in percent of those that have one.
    public Map<String, Double> of(long siteId, Collection<String> names) {
        Map<String, Double> limits = new HashMap<>();
        for (ServiceLimit limit : repository.limits(siteId, names)) {
            limits.put(limit.name(), limit.maxCollateralPercent());
        }
        return limits;
    }
}
