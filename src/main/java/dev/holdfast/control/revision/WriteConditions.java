package dev.holdfast.control.revision;

import dev.holdfast.control.problem.Problem;
import dev.holdfast.control.problem.Refusal;
import org.jspecify.annotations.Nullable;

/// Under what conditions a write is to happen, and whether a large loss is meant (NO-CLIFF).
///
/// @param ifMatch the `If-Match` header: only when the resource is still at this revision
/// @param mustExist `If-Match: *`: only when there is such a resource
/// @param mustBeNew `If-None-Match: *`: only when there is none
/// @param meant `?meant=true`: nodes may lose more at once than their limit allows
/// @param override `?override=reason`: why a limit of the control plane's own does not hold this
///   once
public record WriteConditions(
        @Nullable Long ifMatch,
        boolean mustExist,
        boolean mustBeNew,
        boolean meant,
        @Nullable String override) {

    /// Always, and nothing out of the ordinary is meant.
    public static final WriteConditions NONE = new WriteConditions(null, false, false, false);

    public WriteConditions(
            @Nullable Long ifMatch, boolean mustExist, boolean mustBeNew, boolean meant) {
        this(ifMatch, mustExist, mustBeNew, meant, null);
    }

    /// To be called under the site's lock, before anything is written.
    ///
    /// @param what such as `service shop`
    /// @param current the resource's revision, or null when there is no such resource
    /// @throws Refusal (412) when a condition does not hold
    public void check(String what, @Nullable Long current) {
        if (mustBeNew && current != null) {
            throw refusal("If-None-Match", what + " exists, at revision " + current, "none");
        }
        if (mustExist && current == null) {
            throw refusal("If-Match", what + " does not exist", "one that exists");
        }
        if (ifMatch != null && !ifMatch.equals(current)) {
            String found = current == null ? " does not exist" : " is at revision " + current;
            throw refusal("If-Match", what + found, "revision " + ifMatch);
        }
    }

    private static Refusal refusal(String header, String found, String expected) {
        return new Refusal(Problem.PRECONDITION_FAILED, header, found, expected);
    }
}
