package dev.holdfast.control.desired;

import java.util.HashSet;
import java.util.Set;
import org.pcollections.HashTreePSet;
import org.pcollections.PSet;
import org.pcollections.PVector;
import org.pcollections.TreePSet;
import org.pcollections.TreePVector;

/// What concerns one backend host, and when that changed.
///
/// The database does not keep who left which service when, so this begins anew with the process: a
/// host that was told something by an earlier one gets a full state once.
///
/// @param oldest deltas can be told from this revision on
/// @param mss see [Mss]
/// @param services names of those it carries
/// @param touches oldest first, at most [#MEMORY]
record HostShare(long oldest, int mss, TreePSet<String> services, PVector<Touch> touches) {

    static final int MEMORY = 64;

    /// What one step changed for the host, or took from it.
    ///
    /// @param settings whether encapsulations or MSS changed
    /// @param vips names
    record Touch(long revision, boolean settings, PSet<String> services, PSet<String> vips) {

        static Touch at(long revision) {
            return new Touch(revision, false, HashTreePSet.empty(), HashTreePSet.empty());
        }

        Touch ofSettings() {
            return new Touch(revision, true, services, vips);
        }

        Touch ofService(String service, Set<String> itsVips) {
            return new Touch(revision, settings, services.plus(service), vips.plusAll(itsVips));
        }
    }

    static HostShare from(long revision, int mss) {
        return new HostShare(revision, mss, TreePSet.empty(), TreePVector.empty());
    }

    HostShare with(String service) {
        return new HostShare(oldest, mss, services.plus(service), touches);
    }

    HostShare without(String service) {
        return new HostShare(oldest, mss, services.minus(service), touches);
    }

    HostShare after(Touch touch, int newMss) {
        Touch whole = newMss == mss ? touch : touch.ofSettings();
        PVector<Touch> more = touches.plus(whole);
        return more.size() <= MEMORY
                ? new HostShare(oldest, newMss, services, more)
                : new HostShare(more.get(0).revision(), newMss, services, more.minus(0));
    }

    boolean changedSince(long after) {
        return !touches.isEmpty() && touches.get(touches.size() - 1).revision() > after;
    }

    /// All that changed after a revision, as one.
    Touch since(long after) {
        boolean settings = false;
        Set<String> changed = new HashSet<>();
        Set<String> vips = new HashSet<>();
        for (Touch touch : touches) {
            if (touch.revision() > after) {
                settings |= touch.settings();
                changed.addAll(touch.services());
                vips.addAll(touch.vips());
            }
        }
        return new Touch(after, settings, HashTreePSet.from(changed), HashTreePSet.from(vips));
    }
}
