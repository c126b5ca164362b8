/// VIPs: addresses out of a site's ranges, asked for or allocated.
///
/// Knows nothing of services but that something may use a VIP: see
/// [dev.holdfast.control.address.VipUsers].
@NullMarked
package dev.holdfast.control.address;

import org.jspecify.annotations.NullMarked;
