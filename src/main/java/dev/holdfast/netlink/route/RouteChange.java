package dev.holdfast.netlink.route;

/// One step of a change, for [Routes#apply].
public sealed interface RouteChange {

    Route route();

    record Add(Route route) implements RouteChange {}

    /// Takes the place of the route with the same destination, table and priority, if there is one.
    record Replace(Route route) implements RouteChange {}

    record Delete(Route route) implements RouteChange {}
}
