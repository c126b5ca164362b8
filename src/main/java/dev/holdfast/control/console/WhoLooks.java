package dev.holdfast.control.console;

import java.security.Principal;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ModelAttribute;

/// Tells every page whether somebody is logged in.
@ControllerAdvice(basePackageClasses = WhoLooks.class)
class WhoLooks {

    @ModelAttribute("who")
    @Nullable String who(@Nullable Principal somebody) {
        return somebody == null ? null : somebody.getName();
    }
}
