package dev.holdfast.control.explain;

import dev.holdfast.control.web.Name;
import dev.holdfast.wire.Explanation;
import dev.holdfast.wire.Protocol;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
class ExplainController {

    private final Explainer explainer;

    ExplainController(Explainer explainer) {
        this.explainer = explainer;
    }

    @GetMapping("/api/v1/sites/{site}/services/{service}/explain")
    Explanation explain(
            @PathVariable Name site,
            @PathVariable Name service,
            @RequestParam String client,
            @RequestParam @Nullable Protocol protocol,
            @RequestParam @Nullable Integer port,
            @RequestParam @Nullable Long revision) {
        return explainer.explain(
                site.text(),
                service.text(),
                new Explainer.Question(client, protocol, port, revision));
    }
}
