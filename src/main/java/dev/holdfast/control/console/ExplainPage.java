package dev.holdfast.control.console;

import dev.holdfast.control.explain.Explainer;
import dev.holdfast.control.problem.Refusal;
import dev.holdfast.control.service.Services;
import dev.holdfast.control.web.Name;
import dev.holdfast.control.web.Page;
import dev.holdfast.wire.Protocol;
import dev.holdfast.wire.Service;
import dev.holdfast.wire.ServicePort;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;

/// Where a client goes, and why: a sentence, and the way drawn.
@Controller
class ExplainPage {

    private static final int SERVICES_OFFERED = 1000;

    private final Services services;
    private final Explainer explainer;

    ExplainPage(Services services, Explainer explainer) {
        this.services = services;
        this.explainer = explainer;
    }

    /// @param service left out: to be chosen
    /// @param port such as `TCP 443`; needed when the service has several
    /// @param revision left out or empty: the newest
    @GetMapping("/console/sites/{site}/explain")
    String explain(
            @PathVariable Name site,
            @RequestParam @Nullable String service,
            @RequestParam @Nullable String client,
            @RequestParam @Nullable String port,
            @RequestParam @Nullable Long revision,
            Model model) {
        List<Service> known =
                services.list(site.text(), new Page("", SERVICES_OFFERED), null, null).items();
        model.addAttribute("site", site.text());
        model.addAttribute("tab", "explain");
        model.addAttribute(
                "services", known.stream().map(one -> Objects.requireNonNull(one.name())).toList());
        model.addAttribute("asked", new Asked(service, client, port, revision));
        if (service != null && client != null && !client.isBlank()) {
            answer(site.text(), new Asked(new Name(service).text(), client.trim(), port, revision))
                    .into(model);
        }
        return "console/explain";
    }

    private Answer answer(String site, Asked asked) {
        try {
            ServicePort port = asked.servicePort();
            return new Answer(
                    Way.of(
                            explainer.explain(
                                    site,
                                    Objects.requireNonNull(asked.service()),
                                    new Explainer.Question(
                                            Objects.requireNonNull(asked.client()),
                                            port.protocol(),
                                            port.port(),
                                            asked.revision()))),
                    null);
        } catch (Refusal refusal) {
            return new Answer(null, refusal.getMessage());
        }
    }

    /// The question as it stands in the form.
    record Asked(
            @Nullable String service,
            @Nullable String client,
            @Nullable String port,
            @Nullable Long revision) {

        /// `TCP 443`, `443`, or neither.
        ServicePort servicePort() {
            String text = port == null ? "" : port.trim();
            String number = text.replaceFirst("(?i)^(TCP|UDP)\\s*", "");
            String protocol = text.substring(0, text.length() - number.length()).trim();
            return new ServicePort(
                    protocol.isEmpty() ? null : Protocol.valueOf(protocol.toUpperCase(Locale.ROOT)),
                    number.matches("[0-9]{1,5}") ? Integer.valueOf(number) : null);
        }
    }

    private record Answer(@Nullable Way way, @Nullable String refusal) {

        void into(Model model) {
            model.addAttribute("way", way);
            model.addAttribute("refusal", refusal);
        }
    }
}
