package dev.holdfast.wire;

/// A service whose table a load balancer has in another form than others at the same revision.
///
/// @param slots of the table, all ports together, that are not as the revision asks for; 0: this
///   one is as it should be, and others are not
public record TableDifference(String service, int slots) {}
