package dev.holdfast.control.problem;

import java.sql.SQLException;
import java.sql.SQLTransientException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Says in the words of the API what the database refused, by its SQLSTATE.
public final class DatabaseRefusal {

    private static final Logger LOG = LoggerFactory.getLogger(DatabaseRefusal.class);

    private DatabaseRefusal() {}

    /// Writes it to the log, too.
    ///
    /// @return empty when it was our own mistake
    public static Optional<Refusal> explain(@Nullable Throwable e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException sql) {
                return explain(sql);
            }
        }
        return Optional.empty();
    }

    private static Optional<Refusal> explain(SQLException e) {
        String state = e.getSQLState() == null ? "" : e.getSQLState();
        String kind = state.length() < 2 ? "" : state.substring(0, 2);
        String words = String.valueOf(e.getMessage());
        return switch (kind) {
            // A value PostgreSQL cannot hold, which our own checks should have found.
            case "22" -> {
                LOG.warn("the database refused a value that passed our checks", e);
                yield Optional.of(new Refusal(Problem.INVALID, "body", words, "storable values"));
            }
            // The constraints that hold whatever the code does.
            case "23" -> {
                LOG.warn("the database refused a write that passed our checks", e);
                yield Optional.of(Refusal.conflict("another write got there first: " + words));
            }
            // Connection lost, resources, shut-down; or deadlock and lock time-out.
            case "08", "53", "57", "40", "55" -> unavailable(e);
            // No server said this: the driver or the pool did, of a connection that is gone.
            case "" -> unavailable(e);
            default -> e instanceof SQLTransientException ? unavailable(e) : Optional.empty();
        };
    }

    private static Optional<Refusal> unavailable(SQLException e) {
        // A pool that ran out of time has as its cause why there was no connection.
        SQLException why = e.getCause() instanceof SQLException cause ? cause : e;
        LOG.warn("the database does not answer: {}", why.getMessage());
        return Optional.of(
                new Refusal(
                        Problem.UNAVAILABLE,
                        "database",
                        "no answer",
                        "one: nothing is lost that was acknowledged; try again"));
    }
}
