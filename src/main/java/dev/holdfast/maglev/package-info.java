/// The kernel's `mh` scheduler, bit for bit: build its table, look up what a flow gets, compare two
/// tables, and find weights that make a wanted share.
///
/// Knows nothing of services, hosts or revisions, opens no socket, and sees nothing else of ours
/// nor any library: lists and arrays in, tables and numbers out. What it says is what a 64-bit
/// Linux does (`net/netfilter/ipvs/ip_vs_mh.c`); 32-bit kernels hash differently.
@NullMarked
package dev.holdfast.maglev;

import org.jspecify.annotations.NullMarked;
