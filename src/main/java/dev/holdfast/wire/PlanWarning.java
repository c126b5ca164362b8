package dev.holdfast.wire;

import org.jspecify.annotations.Nullable;

/// Something that is allowed and still worth knowing.
///
/// @param kind which one
/// @param service whose it is; left out when it is the site's
/// @param sentence what is to be known
public record PlanWarning(Kind kind, @Nullable String service, String sentence) {

    /// The warnings there are.
    public enum Kind {
        /// The kernel cannot make the shares that the weights ask for.
        QUANTISED_WEIGHTS,
        /// So many destinations that the table gives some of them much more than others.
        UNEVEN_TABLE,
        /// An edit moves more flows than taking the backend out would.
        EDIT_WORSE_THAN_REMOVAL,
        /// Nobody serves any more.
        NOBODY_SERVES,
        /// Clients that know an address or a port lose it.
        CLIENTS_LOSE_ADDRESS,
        /// The hash is made of other things, so most flows move.
        OTHER_HASH
    }
}
