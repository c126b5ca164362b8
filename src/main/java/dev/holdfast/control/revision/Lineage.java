package dev.holdfast.control.revision;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import java.util.UUID;

/// The row that every write of a site locks first. Its revision is the one last committed.
@Entity
public class Lineage {

    @Id
    @GeneratedValue(strategy = GenerationType.IDENTITY)
    @SuppressWarnings("NullAway.Init") // set by the database
    private Long id;

    private String site;
    private UUID epoch;
    private long revision;

    @Column(name = "next_ordinal")
    private long nextOrdinal;

    /// For JPA.
    @SuppressWarnings("NullAway.Init")
    protected Lineage() {}

    Lineage(String site) {
        this.site = site;
        this.epoch = UUID.randomUUID();
        this.nextOrdinal = 1;
    }

    /// The number other tables know the site by.
    public long id() {
        return id;
    }

    public String site() {
        return site;
    }

    public UUID epoch() {
        return epoch;
    }

    public long revision() {
        return revision;
    }

    void advanceTo(long next) {
        revision = next;
    }

    void beginEpoch() {
        epoch = UUID.randomUUID();
    }

    long takeOrdinal() {
        return nextOrdinal++;
    }
}
