package dev.holdfast.control.rollback;

import dev.holdfast.control.problem.Problem;
import dev.holdfast.control.problem.Refusal;
import dev.holdfast.control.revision.WriteConditions;
import dev.holdfast.control.web.Answers;
import dev.holdfast.control.web.Name;
import dev.holdfast.wire.Rollback;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/v1/sites/{site}/revisions/{revision}/rollback")
class RollbackController {

    private final Rollbacks rollbacks;

    RollbackController(Rollbacks rollbacks) {
        this.rollbacks = rollbacks;
    }

    @PostMapping
    ResponseEntity<Rollback> to(
            @PathVariable Name site,
            @PathVariable String revision,
            @RequestParam(defaultValue = "false") boolean dryRun,
            WriteConditions conditions) {
        if (!revision.matches("[1-9][0-9]{0,17}")) {
            throw new Refusal(Problem.INVALID, "revision", revision, "a revision number");
        }
        long to = Long.parseLong(revision);
        Rollback rollback =
                dryRun
                        ? rollbacks.plan(site.text(), to, conditions)
                        : rollbacks.roll(site.text(), to, conditions);
        return Answers.found(rollback, rollback.revision());
    }
}
