package dev.holdfast.control.health;

import dev.holdfast.control.problem.Problem;
import dev.holdfast.control.problem.Refusal;
import dev.holdfast.control.web.Name;
import dev.holdfast.control.web.Page;
import dev.holdfast.wire.HealthTransition;
import dev.holdfast.wire.Items;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/v1/sites/{site}/services/{service}/backends/{host}/health/transitions")
class HealthTransitionController {

    private final Transitions transitions;

    HealthTransitionController(Transitions transitions) {
        this.transitions = transitions;
    }

    @GetMapping
    Items<HealthTransition> list(
            @PathVariable Name site,
            @PathVariable Name service,
            @PathVariable Name host,
            Page page) {
        long before = page.after().isEmpty() ? Long.MAX_VALUE : id(page.after());
        return transitions.list(site.text(), service.text(), host.text(), before, page.limit());
    }

    private static long id(String after) {
        if (!after.matches("[0-9]{1,18}")) {
            throw new Refusal(Problem.INVALID, "after", after, "the next of the page before");
        }
        return Long.parseLong(after);
    }
}
