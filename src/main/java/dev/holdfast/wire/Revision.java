package dev.holdfast.wire;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One numbered change of a site.
///
/// @param revision its number
/// @param at when it was made
/// @param actor who made it
/// @param meant whether nodes may lose more at once than their limit allows (NO-CLIFF)
/// @param summary in words, such as `backend shop/be1 changed`
/// @param changes what it changed, each before and after; left out in lists
/// @param resources the whole site as it was then; left out in lists
public record Revision(
        long revision,
        Instant at,
        String actor,
        boolean meant,
        String summary,
        @Nullable List<ResourceChange> changes,
        @Nullable List<ResourceAt> resources) {}
