package dev.holdfast.agent.watch;

import dev.holdfast.client.UnreadableException;
import org.jspecify.annotations.Nullable;

/// Decides what to make of each document: the receiving half of the long poll's promises.
///
/// Holds the state that deltas build on. It never goes back within an epoch unless a document says
/// `reset`, and never believes a state whose digest is not what it claims.
final class Intake {

    /// What became of a document.
    sealed interface Verdict {
        /// Taken in: `state` is what this machine should be.
        record Accepted(DesiredState state) implements Verdict {}

        /// Not taken in. The next question asks for a full state where that would help.
        record Refused(String why) implements Verdict {}
    }

    /// What to ask for.
    ///
    /// @param after 0 for a full state
    record Question(long after, @Nullable String epoch) {}

    /// Reads a full state of this machine's role.
    interface Reader {
        DesiredState full(byte[] json) throws UnreadableException;
    }

    private final String site;
    private final String name;
    private final Reader reader;
    private @Nullable DesiredState current;
    private boolean askForFull;

    /// @param name of the node or host this machine is
    /// @param current what the disk had; null when it had nothing
    Intake(String site, String name, Reader reader, @Nullable DesiredState current) {
        this.site = site;
        this.name = name;
        this.reader = reader;
        this.current = current;
    }

    Question question() {
        DesiredState known = current;
        if (known == null) {
            return new Question(0, null);
        }
        return new Question(askForFull ? 0 : known.revision(), known.epoch());
    }

    Verdict take(byte[] json) {
        try {
            Head head = Head.of(json);
            String objection = objection(head);
            if (objection != null) {
                return refuse(head, objection);
            }
            DesiredState known = current;
            DesiredState next =
                    head.full() || known == null ? reader.full(json) : known.merge(json);
            if (!next.name().equals(name)) {
                return refuse(head, "state of " + next.name() + " (expected: " + name + ")");
            }
            if (!next.digest().equals(head.digest())) {
                return refuse(
                        head, "digest " + next.digest() + " (expected: " + head.digest() + ")");
            }
            current = next;
            askForFull = false;
            return new Verdict.Accepted(next);
        } catch (UnreadableException | RuntimeException e) {
            // A document nobody foresaw costs this document, and nothing else.
            askForFull = true;
            return new Verdict.Refused("unreadable state: " + e.getMessage());
        }
    }

    private @Nullable String objection(Head head) {
        if (!head.site().equals(site)) {
            return "state of site " + head.site() + " (expected: " + site + ")";
        }
        return head.full() ? fullObjection(head) : deltaObjection(head);
    }

    private @Nullable String fullObjection(Head head) {
        DesiredState known = current;
        if (known == null || head.reset()) {
            return null;
        }
        if (!head.epoch().equals(known.epoch())) {
            return askForFull
                    ? null
                    : "epoch " + head.epoch() + " without reset (expected: " + known.epoch() + ")";
        }
        return head.revision() >= known.revision()
                ? null
                : "full state (expected: revision " + known.revision() + " or newer)";
    }

    private @Nullable String deltaObjection(Head head) {
        DesiredState known = current;
        if (known == null || askForFull) {
            return "delta (expected: a full state, as asked)";
        }
        if (head.reset()) {
            return "delta marked reset (expected: a full state)";
        }
        if (!head.epoch().equals(known.epoch())) {
            return "delta of epoch " + head.epoch() + " (expected: " + known.epoch() + ")";
        }
        return head.revision() > known.revision()
                ? null
                : "delta (expected: newer than revision " + known.revision() + ")";
    }

    private Verdict refuse(Head head, String why) {
        askForFull = true;
        return new Verdict.Refused("revision " + head.revision() + ": " + why);
    }
}
