package dev.holdfast.agent.watch;

import dev.holdfast.client.AgentLink;
import dev.holdfast.client.Backoff;
import dev.holdfast.client.ControlPlaneException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// The long-poll loop. Puts every state it accepts into the mailbox, and goes on whatever comes.
public final class Watch implements Runnable {

    private static final System.Logger LOG = System.getLogger(Watch.class.getName());

    private final AgentLink link;
    private final Intake intake;
    private final Mailbox<DesiredState> mailbox;
    private final Backoff backoff;
    private final Duration park;
    private final RandomGenerator random;
    private volatile Contact contact = Contact.NONE;

    private Watch(AgentLink link, Intake intake, Mailbox<DesiredState> mailbox, Pace pace) {
        this.link = link;
        this.intake = intake;
        this.mailbox = mailbox;
        this.backoff = new Backoff(pace.base(), pace.cap(), pace.random());
        this.park = pace.park();
        this.random = pace.random();
    }

    /// For a load balancer.
    ///
    /// @param last what the disk had; null when it had nothing
    public static Watch ofNode(
            AgentLink link,
            String site,
            String node,
            @Nullable NodeDesired last,
            Mailbox<DesiredState> mailbox,
            Pace pace) {
        return new Watch(link, new Intake(site, node, NodeDesired::full, last), mailbox, pace);
    }

    /// For a backend host; see [#ofNode].
    public static Watch ofHost(
            AgentLink link,
            String site,
            String host,
            @Nullable HostDesired last,
            Mailbox<DesiredState> mailbox,
            Pace pace) {
        return new Watch(link, new Intake(site, host, HostDesired::full, last), mailbox, pace);
    }

    public Contact contact() {
        return contact;
    }

    /// Runs until interrupted.
    @Override
    public void run() {
        try {
            while (!Thread.currentThread().isInterrupted()) {
                Duration pause = ask();
                if (pause.isPositive()) {
                    Thread.sleep(pause);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /// One question.
    ///
    /// @return how long to wait before the next
    private Duration ask() throws InterruptedException {
        Intake.Question question = intake.question();
        Instant start = Instant.now();
        try {
            Optional<byte[]> document = link.poll(question.after(), question.epoch(), jittered());
            if (document.isEmpty()) {
                heard();
                // A control plane that does not park would be asked in a tight loop.
                boolean parked =
                        Duration.between(start, Instant.now()).compareTo(park.dividedBy(4)) > 0;
                return parked ? calm() : backoff.next();
            }
            return taken(question, intake.take(document.get()));
        } catch (ControlPlaneException | RuntimeException e) {
            // Whatever it was, forwarding goes on and so does asking (FAIL-STATIC).
            return problem(String.valueOf(e.getMessage()));
        }
    }

    private Duration taken(Intake.Question question, Intake.Verdict verdict) {
        return switch (verdict) {
            case Intake.Verdict.Accepted(DesiredState state) -> {
                heard();
                mailbox.put(state, DesiredState::after);
                boolean news =
                        state.revision() != question.after()
                                || !state.epoch().equals(question.epoch());
                yield news ? calm() : backoff.next();
            }
            case Intake.Verdict.Refused(String why) -> problem(why);
        };
    }

    private void heard() {
        if (contact.problem() != null) {
            LOG.log(System.Logger.Level.INFO, "control plane answers");
        }
        contact = new Contact(Instant.now(), null);
    }

    private Duration problem(String why) {
        if (!why.equals(contact.problem())) {
            LOG.log(System.Logger.Level.WARNING, "no new state: " + why);
        }
        contact = new Contact(contact.heardAt(), why);
        return backoff.next();
    }

    private Duration calm() {
        backoff.reset();
        return Duration.ZERO;
    }

    /// Up to a sixteenth less, so that agents that started together do not stay together.
    private Duration jittered() {
        return park.minusMillis(random.nextLong(park.toMillis() / 16 + 1));
    }
}
