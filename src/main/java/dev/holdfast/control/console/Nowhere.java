package dev.holdfast.control.console;

import dev.holdfast.control.problem.Problem;
import dev.holdfast.control.problem.Refusal;
import jakarta.servlet.http.HttpServletRequest;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.RequestMapping;

/// Where there is no page, and where a form is refused: the pages for that are made as for any
/// other failure.
@Controller
class Nowhere {

    @RequestMapping("/console/**")
    String noSuchPage(HttpServletRequest request) {
        throw Refusal.notFound("page " + request.getRequestURI());
    }

    /// [TurnedAway] forwards to it.
    @RequestMapping(TurnedAway.EXPLAINED)
    String forbidden() {
        throw new Refusal(
                Problem.FORBIDDEN,
                "form",
                "one that no page of this session made",
                "one of a page that was opened after logging in: go back, load it again and repeat");
    }
}
