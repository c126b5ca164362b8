package dev.holdfast.control.console;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.View;

/// Parts of a page, for browsers that ask for news of what they show.
final class Fragments {

    private Fragments() {}

    /// The part, or 204 when the browser shows it already: then nothing jumps, and nothing is read
    /// aloud again.
    ///
    /// @param mark names what would be shown
    /// @param seen the mark of what the browser shows
    static ModelAndView unlessSeen(
            String mark, @Nullable String seen, String fragment, Map<String, ?> model) {
        if (!mark.equals(seen)) {
            return new ModelAndView(fragment, model);
        }
        ModelAndView same = new ModelAndView(new Nothing());
        same.setStatus(HttpStatus.NO_CONTENT);
        return same;
    }

    private static final class Nothing implements View {
        @Override
        public void render(
                @Nullable Map<String, ?> model,
                HttpServletRequest request,
                HttpServletResponse response) {}
    }
}
