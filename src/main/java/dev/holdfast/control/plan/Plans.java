package dev.holdfast.control.plan;

import dev.holdfast.control.change.ChangeSets;
import dev.holdfast.control.problem.Fault;
import dev.holdfast.control.problem.Problem;
import dev.holdfast.control.problem.Refusal;
import dev.holdfast.control.revision.Revisions;
import dev.holdfast.control.revision.WriteConditions;
import dev.holdfast.wire.Change;
import dev.holdfast.wire.ChangeSet;
import dev.holdfast.wire.Plan;
import dev.holdfast.wire.PlanAlternative;
import dev.holdfast.wire.PlanGuard;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.springframework.stereotype.Service;

/// Says what a change set would do: carries it out in a transaction that is never committed, and
/// looks.
@Service
public class Plans {

    private static final Pattern CHANGE = Pattern.compile("(changes\\[\\d+])(\\.body\\..*)?");
    private static final int FORCED_MAX = 10;

    private final ChangeSets sets;
    private final Revisions revisions;
    private final Outlooks outlooks;

    Plans(ChangeSets sets, Revisions revisions, Outlooks outlooks) {
        this.sets = sets;
        this.revisions = revisions;
        this.outlooks = outlooks;
    }

    /// @param conditions as they would be sent with `apply`
    /// @throws Refusal as `apply` would refuse it, unless that is a guard's doing
    public Plan plan(String site, ChangeSet set, WriteConditions conditions) {
        List<PlanGuard> guards = new ArrayList<>();
        ChangeSet trying = set;
        Outlook outlook = null;
        while (outlook == null) {
            try {
                outlook = rehearse(site, trying, conditions);
            } catch (Refusal refusal) {
                trying = forced(trying, refusal, guards);
            }
        }
        guards.addAll(outlook.guards());
        List<PlanAlternative> alternatives = new ArrayList<>();
        for (Outlook.Idea idea : outlook.ideas()) {
            alternative(site, idea, outlook).ifPresent(alternatives::add);
        }
        return new Plan(
                site,
                outlook.revision(),
                outlook.changed(),
                guards.stream().noneMatch(PlanGuard::refuses),
                Summary.of(outlook, guards),
                outlook.steps(),
                outlook.services(),
                guards,
                outlook.warnings(),
                alternatives);
    }

    private Outlook rehearse(String site, ChangeSet set, WriteConditions conditions) {
        return revisions.rehearse(
                site,
                edit -> {
                    conditions.check("site " + site, edit.current());
                    sets.carryOut(edit, set);
                },
                edit -> outlooks.of(edit, set, conditions));
    }

    /// The set with one change forced that was refused; if that helps, what refused it is a guard.
    private static ChangeSet forced(ChangeSet set, Refusal refusal, List<PlanGuard> guards) {
        String field = refusal.faults().isEmpty() ? "" : refusal.faults().getFirst().field();
        Matcher matcher = CHANGE.matcher(field);
        if (refusal.problem() != Problem.CONFLICT
                || !matcher.matches()
                || guards.size() > FORCED_MAX) {
            throw refusal;
        }
        String part = String.valueOf(matcher.group(1));
        List<Change> changes = new ArrayList<>(Objects.requireNonNull(set.changes()));
        int index = Integer.parseInt(part.substring(part.indexOf('[') + 1, part.length() - 1));
        Change change = changes.get(index);
        if (Boolean.TRUE.equals(change.force())) {
            throw refusal;
        }
        changes.set(index, new Change(change.method(), change.path(), change.body(), true));
        guards.add(
                new PlanGuard(
                        PlanGuard.Guard.NOT_FORCED,
                        true,
                        part,
                        sentence(refusal, field.equals(part)),
                        "\"force\": true in the change"));
        return new ChangeSet(changes);
    }

    /// @param whole whether it was refused as a whole, and not for what stands in some fields
    private static String sentence(Refusal refusal, boolean whole) {
        return whole
                ? refusal.faults().getFirst().found()
                : refusal.faults().stream().map(Fault::toString).collect(Collectors.joining("; "));
    }

    /// An idea as an alternative, if it does what it promises.
    private Optional<PlanAlternative> alternative(String site, Outlook.Idea idea, Outlook asked) {
        try {
            Outlook outlook = rehearse(site, new ChangeSet(idea.changes()), WriteConditions.NONE);
            double saved = asked.collateral() - outlook.collateral();
            if (outlook.revision() != asked.revision() || saved < Gentler.WORTH) {
                return Optional.empty();
            }
            return Optional.of(
                    new PlanAlternative(
                            "%s: %s of the flows would move without need in place of %s"
                                    .formatted(
                                            idea.sentence(),
                                            Percent.words(outlook.collateral()),
                                            Percent.words(asked.collateral())),
                            idea.changes(),
                            outlook.services()));
        } catch (Refusal notPossible) {
            return Optional.empty();
        }
    }
}
