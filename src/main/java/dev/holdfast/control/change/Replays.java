package dev.holdfast.control.change;

import dev.holdfast.control.problem.Problem;
import dev.holdfast.control.problem.Refusal;
import dev.holdfast.control.revision.Edit;
import dev.holdfast.control.revision.WriteConditions;
import dev.holdfast.wire.Applied;
import dev.holdfast.wire.ChangeSet;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/// Remembers for a week which change sets were applied under a key, and what the answer was.
///
/// Written in the transaction of the change set itself and under the site's lock: a key is known
/// exactly when its set was carried out. What was refused is not remembered.
@Component
class Replays {

    private final JdbcClient jdbc;
    private final JsonMapper json;

    Replays(JdbcClient jdbc, JsonMapper json) {
        this.jdbc = jdbc;
        this.json = json;
    }

    private record Kept(String hash, String answer) {}

    /// The answer that the same set was given under the same key, as it was.
    ///
    /// @throws Refusal (409) when another set was applied under the key
    Optional<Applied> find(
            Edit edit, @Nullable IdempotencyKey key, ChangeSet set, WriteConditions conditions) {
        if (key == null) {
            return Optional.empty();
        }
        Optional<Kept> kept =
                jdbc.sql(
                                """
                                select hash, answer from applied
                                where site_id = :site and actor = :actor and key = :key
                                """)
                        .param("site", edit.siteId())
                        .param("actor", edit.actor())
                        .param("key", key.text())
                        .query((row, _) ->
                                new Kept(
                                        Objects.requireNonNull(row.getString("hash")),
                                        Objects.requireNonNull(row.getString("answer"))))
                        .optional();
        if (kept.isPresent() && !kept.get().hash().equals(hash(set, conditions))) {
            throw new Refusal(
                    Problem.CONFLICT,
                    "Idempotency-Key",
                    key.text() + ", under which another change set was applied",
                    "a new key for a new change set");
        }
        return kept.map(known -> json.readValue(known.answer(), Applied.class));
    }

    void keep(
            Edit edit,
            @Nullable IdempotencyKey key,
            ChangeSet set,
            WriteConditions conditions,
            Applied answer) {
        if (key == null) {
            return;
        }
        jdbc.sql("delete from applied where site_id = :site and at < now() - interval '7 days'")
                .param("site", edit.siteId())
                .update();
        jdbc.sql(
                        """
                        insert into applied (site_id, actor, key, at, hash, answer)
                        values (:site, :actor, :key, now(), :hash, :answer)
                        """)
                .param("site", edit.siteId())
                .param("actor", edit.actor())
                .param("key", key.text())
                .param("hash", hash(set, conditions))
                .param("answer", json.writeValueAsString(answer))
                .update();
    }

    private String hash(ChangeSet set, WriteConditions conditions) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update((byte) (conditions.meant() ? 1 : 0));
            return HexFormat.of().formatHex(digest.digest(json.writeValueAsBytes(set)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e); // every JDK has it
        }
    }
}
