package dev.holdfast.control.desired;

import java.util.UUID;

/// The counter of a site as last committed.
///
/// @param id the number other tables know the site by
record Head(long id, String site, UUID epoch, long revision) {}
