package dev.holdfast.agent.probe;

import java.net.InetAddress;

/// How to get to a backend from here.
///
/// @param mark that brings packets into its tunnel
/// @param source this machine's own underlay address: left to itself, the kernel would take the
///   VIP, which is local here too
/// @param underlay the host's own address
/// @param listener the UDP port there where its tunnel ends; 0 when it ends at no port
record Way(int mark, InetAddress source, InetAddress underlay, int listener) {}
