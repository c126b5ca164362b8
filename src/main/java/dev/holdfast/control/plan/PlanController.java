package dev.holdfast.control.plan;

import dev.holdfast.control.revision.WriteConditions;
import dev.holdfast.control.web.Name;
import dev.holdfast.wire.ChangeSet;
import dev.holdfast.wire.Plan;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/v1/sites/{site}/plan")
class PlanController {

    private final Plans plans;

    PlanController(Plans plans) {
        this.plans = plans;
    }

    @PostMapping
    Plan make(@PathVariable Name site, @RequestBody ChangeSet body, WriteConditions conditions) {
        return plans.plan(site.text(), body, conditions);
    }
}
