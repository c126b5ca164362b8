package dev.holdfast.wire;

/// What of a client the table hashes.
public enum Affinity {
    /// Address and port: each connection for itself (`mh-port`).
    CONNECTION,
    /// The address alone: all connections of a client on one backend.
    CLIENT_ADDRESS
}
