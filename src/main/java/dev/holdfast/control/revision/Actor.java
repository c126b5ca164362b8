package dev.holdfast.control.revision;

import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;

/// Who asks, as the history names him.
final class Actor {

    private Actor() {}

    static String present() {
        Authentication who = SecurityContextHolder.getContext().getAuthentication();
        return who == null ? "system" : who.getName();
    }
}
