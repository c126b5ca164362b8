package dev.holdfast.control.console;

import dev.holdfast.control.observed.Observations;
import dev.holdfast.control.web.Name;
import dev.holdfast.control.web.Page;
import dev.holdfast.wire.Items;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;

/// What runs in a site, and its services.
@Controller
@RequestMapping("/console/sites/{site}")
class SitePage {

    private static final int SERVICES_ON_A_PAGE = 25;

    private final Observations observations;
    private final ServiceLines services;

    SitePage(Observations observations, ServiceLines services) {
        this.observations = observations;
        this.services = services;
    }

    @GetMapping
    String overview(@PathVariable Name site, Page page, Model model) {
        model.addAttribute("site", site.text());
        model.addAttribute("tab", "overview");
        model.addAttribute("overview", Overview.of(observations.status(site.text())));
        model.addAllAttributes(services(site, page));
        return "console/site";
    }

    /// The part of the overview that changes by itself.
    ///
    /// @param seen the mark of what the browser shows
    @GetMapping("/live")
    ModelAndView live(@PathVariable Name site, @RequestParam @Nullable String seen) {
        Overview overview = Overview.of(observations.status(site.text()));
        return Fragments.unlessSeen(
                overview.mark(),
                seen,
                "console/site :: live",
                Map.of("overview", overview, "site", site.text()));
    }

    /// The services, when they differ from what the browser shows.
    @GetMapping("/services")
    ModelAndView services(@PathVariable Name site, Page page, @RequestParam @Nullable String seen) {
        Map<String, Object> model = services(site, page);
        return Fragments.unlessSeen(
                String.valueOf(model.get("servicesMark")), seen, "console/site :: services", model);
    }

    private Map<String, Object> services(Name site, Page page) {
        Items<ServiceLines.ServiceLine> found =
                services.list(site.text(), new Page(page.after(), SERVICES_ON_A_PAGE));
        return Map.of(
                "site", site.text(),
                "services", found,
                "after", page.after(),
                "servicesMark", Integer.toHexString(found.toString().hashCode()));
    }
}
