package dev.holdfast.control.desired;

import dev.holdfast.control.revision.Kind;
import dev.holdfast.wire.Digest;
import java.util.Objects;

/// A site at one revision, as one replica holds it in memory. Never changes; the next revision
/// shares with it all that stayed the same.
///
/// @param catalog what load balancers should be
/// @param trail when what changed
/// @param shares what each backend host should be
record SiteView(Head head, Catalog catalog, Trail trail, HostShares shares) {

    /// @param rows all of the site
    static SiteView of(Rows rows) {
        SiteView nothing =
                new SiteView(
                        rows.head(),
                        Catalog.of(Objects.requireNonNull(rows.site())),
                        Trail.from(rows.oldest()),
                        HostShares.NONE);
        return nothing.plus(rows);
    }

    /// The view after some more revisions of the same epoch.
    ///
    /// @param rows what changed since this view's revision
    SiteView plus(Rows rows) {
        long revision = rows.head().revision();
        Catalog after = catalog;
        Trail marked = trail.meaning(rows.meant());
        for (Rows.Gone gone : rows.gone()) {
            after = after.minus(gone.key());
            marked = marked.touch(gone.key(), gone.revision());
        }
        after = after.plus(rows);
        Known<SitePart> site = rows.site();
        if (site != null) {
            marked = marked.touch(Key.SITE, site.revision());
        }
        marked = touch(marked, Kind.NODE, rows.nodes());
        marked = touch(marked, Kind.HOST, rows.hosts());
        marked = touch(marked, Kind.SERVICE, rows.services());
        return new SiteView(
                rows.head(),
                after,
                marked.forgetting(revision, after),
                shares.plus(catalog, after, rows));
    }

    private static <T> Trail touch(Trail trail, Kind kind, Iterable<Known<T>> changed) {
        Trail marked = trail;
        for (Known<T> known : changed) {
            marked = marked.touch(new Key(kind, known.name()), known.revision());
        }
        return marked;
    }

    /// NO-CLIFF: a loss is meant when a person said so of a revision on the way. Where the way is
    /// not known, only the newest counts: or one word long ago would open the gate for good.
    boolean isMeant(Question question, Verdict verdict) {
        boolean wayIsKnown = verdict != Verdict.RESET && question.after() > 0;
        return trail.meantSince(wayIsKnown ? question.after() : revision() - 1);
    }

    String epoch() {
        return head.epoch().toString();
    }

    long revision() {
        return head.revision();
    }

    Digest digest() {
        return catalog.digest();
    }
}
