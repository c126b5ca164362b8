package dev.holdfast.control.console;

import dev.holdfast.control.observed.Observations;
import dev.holdfast.control.site.Sites;
import dev.holdfast.control.web.Page;
import dev.holdfast.wire.Items;
import dev.holdfast.wire.Site;
import java.util.List;
import java.util.Objects;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;

/// All sites, each with its one sentence.
@Controller
class SitesPage {

    private final Sites sites;
    private final Observations observations;

    SitesPage(Sites sites, Observations observations) {
        this.sites = sites;
        this.observations = observations;
    }

    @GetMapping("/console")
    String sites(Page page, Model model) {
        Items<Site> found = sites.list(page);
        List<Overview> overviews =
                found.items().stream()
                        .map(site -> Objects.requireNonNull(site.name()))
                        .map(name -> Overview.of(observations.status(name)))
                        .toList();
        model.addAttribute("sites", overviews);
        model.addAttribute("next", found.next());
        return "console/sites";
    }

    @GetMapping("/console/login")
    String login() {
        return "console/login";
    }
}
