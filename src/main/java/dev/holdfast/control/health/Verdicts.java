package dev.holdfast.control.health;

import dev.holdfast.control.access.AgentRole;
import dev.holdfast.control.observed.ReportListener;
import dev.holdfast.control.revision.Edit;
import dev.holdfast.control.revision.Revisions;
import dev.holdfast.control.service.Backends;
import dev.holdfast.control.service.Finding;
import dev.holdfast.wire.BackendHealth;
import dev.holdfast.wire.Report;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import org.springframework.stereotype.Component;

/// Changes verdicts when what they rest on changes: one for each backend and the whole site.
///
/// All of it happens under the site's lock: two nodes whose reports arrive at the same moment make
/// a majority only if one of them sees the other's opinion.
@Component
class Verdicts implements ReportListener {

    /// As the history names what is done here.
    private static final String WHO = "health";

    private final Revisions revisions;
    private final Backends backends;
    private final Opinions opinions;
    private final Cases cases;
    private final Transitions transitions;
    private final Clock clock = Clock.systemUTC();

    Verdicts(
            Revisions revisions,
            Backends backends,
            Opinions opinions,
            Cases cases,
            Transitions transitions) {
        this.revisions = revisions;
        this.backends = backends;
        this.opinions = opinions;
        this.cases = cases;
        this.transitions = transitions;
    }

    @Override
    public void heard(String site, AgentRole role, String name, Report report) {
        if (role != AgentRole.NODE) {
            return;
        }
        List<Report.Health> said = Objects.requireNonNullElse(report.health(), List.of());
        if (opinions.changes(revisions.of(site).id(), name, said).isEmpty()) {
            return; // as nearly always
        }
        revisions.advanceItself(
                WHO,
                site,
                edit -> {
                    List<Opinions.Change> changes = opinions.changes(edit.siteId(), name, said);
                    opinions.apply(edit.siteId(), name, changes);
                    renew(edit, changes.stream().map(Opinions.Change::backend).toList());
                });
    }

    /// Looks again at some backends of a site: time alone may have changed what holds for them.
    void review(String site, Collection<Long> some) {
        if (!cases.changes(revisions.of(site).id(), some, now()).isEmpty()) {
            revisions.advanceItself(WHO, site, edit -> renew(edit, some));
        }
    }

    /// Judges some backends anew, as part of an edit.
    void renew(Edit edit, Collection<Long> some) {
        Instant now = now();
        List<Cases.Change> changes = cases.changes(edit.siteId(), some, now);
        if (changes.isEmpty()) {
            return;
        }
        changes.stream().filter(Cases.Change::transition).forEach(one -> keep(one.finding(), now));
        backends.found(edit, changes.stream().map(Cases.Change::finding).toList());
    }

    private void keep(Finding finding, Instant now) {
        BackendHealth health = finding.health();
        if (health != null) {
            transitions.keep(finding.backend(), health, now);
        }
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }
}
