package dev.holdfast.wire;

import java.util.List;

/// What some machines would do.
///
/// @param role load balancers or backend hosts
/// @param machines their names
/// @param steps in words, such as `shop: add destination be2 (10.3.1.3), weight 1`
public record PlanSteps(Role role, List<String> machines, List<String> steps) {

    /// What a machine is.
    public enum Role {
        LOAD_BALANCER,
        BACKEND_HOST
    }
}
