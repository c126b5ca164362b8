package dev.holdfast.control.desired;

/// A resource as of one revision, ready to travel.
///
/// @param revision when it last changed
record Known<T>(String name, T value, Piece piece, long revision) {}
