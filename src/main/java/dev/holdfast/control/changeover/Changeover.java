package dev.holdfast.control.changeover;

import dev.holdfast.control.changeover.Readiness.Host;
import dev.holdfast.control.problem.Fault;
import dev.holdfast.control.problem.Few;
import dev.holdfast.control.problem.Problem;
import dev.holdfast.control.problem.Refusal;
import dev.holdfast.control.site.Encapsulations;
import dev.holdfast.control.site.SiteChange;
import dev.holdfast.control.site.SiteTenants;
import dev.holdfast.wire.Encapsulation;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.springframework.stereotype.Component;

/// Refuses a change of a site's encapsulations by which packets would come to hosts that do not
/// take them (MAKE-BEFORE-BREAK), unless it is forced.
///
/// Hosts take the new kind first, then load balancers send it, and only when none of them sends the
/// old one any more do hosts stop taking that.
@Component
class Changeover implements SiteTenants {

    private final Readiness readiness;

    Changeover(Readiness readiness) {
        this.readiness = readiness;
    }

    @Override
    public Optional<String> uses(long siteId) {
        return Optional.empty();
    }

    @Override
    public void siteChanges(SiteChange change) {
        Set<Encapsulation> leaving = new LinkedHashSet<>(change.before().accepted());
        leaving.removeAll(change.after().accepted());
        Encapsulation from = change.before().encapsulation();
        Encapsulation to = change.after().encapsulation();
        boolean switches = !from.equals(to);
        if (change.forced() || (!switches && leaving.isEmpty())) {
            return;
        }
        List<Host> hosts = readiness.hosts(change.edit());
        if (hosts.isEmpty()) {
            return; // nothing is sent to anybody
        }
        List<Fault> faults = new ArrayList<>();
        if (switches) {
            notTaken(change, to, hosts)
                    .ifPresent(found -> faults.add(new Steps(from, to, hosts).fault(found)));
        }
        for (Encapsulation one : leaving) {
            if (switches && one.equals(from)) {
                faults.add(goesTooEarly(one, "load balancers send until they learn of the other"));
            } else {
                stillSent(change, one).ifPresent(faults::add);
            }
        }
        if (!faults.isEmpty()) {
            throw new Refusal(Problem.CONFLICT, faults);
        }
    }

    /// Why hosts are not ready for an encapsulation; empty when they are, as far as anybody knows.
    private Optional<String> notTaken(SiteChange change, Encapsulation to, List<Host> hosts) {
        OptionalLong since = readiness.acceptedSince(change.edit(), to);
        if (since.isEmpty()) {
            return Optional.of(Encapsulations.words(to) + ", which hosts were not told to accept");
        }
        List<String> late =
                hosts.stream()
                        .filter(host -> !host.takes(since.getAsLong()))
                        .map(Host::name)
                        .toList();
        return Few.of("host", late)
                .map(behind ->
                        "%s, which %s may not take yet: not at revision %d, or with failures"
                                .formatted(Encapsulations.words(to), behind, since.getAsLong()));
    }

    private Optional<Fault> stillSent(SiteChange change, Encapsulation one) {
        return Few.of("node", readiness.sending(change.edit(), one))
                .map(nodes -> goesTooEarly(one, nodes + " may still send"));
    }

    private static Fault goesTooEarly(Encapsulation one, String why) {
        String words = Encapsulations.words(one);
        return new Fault(
                "accepts",
                "no " + words + ", which " + why,
                "%s in it until status shows every node without failures at a revision with another encapsulation, or ?force=true, by which connections are lost"
                        .formatted(words));
    }
}
