package dev.holdfast.control.revision;

import java.util.function.Supplier;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;

/// Who asks, as the history names him.
final class Actor {

    /// The part of the control plane that acts by itself.
    private static final ScopedValue<String> ITSELF = ScopedValue.newInstance();

    private Actor() {}

    /// @param who such as `health`
    static <T> T itself(String who, Supplier<T> work) {
        return ScopedValue.where(ITSELF, who).call(work::get);
    }

    static String present() {
        if (ITSELF.isBound()) {
            return ITSELF.get();
        }
        Authentication who = SecurityContextHolder.getContext().getAuthentication();
        return who == null ? "system" : who.getName();
    }
}
