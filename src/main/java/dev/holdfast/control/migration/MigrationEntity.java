package dev.holdfast.control.migration;

import dev.holdfast.wire.MigrationStage;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.math.BigDecimal;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;
import org.jspecify.annotations.Nullable;

@Entity
@Table(name = "migration")
class MigrationEntity {

    @Id
    @Column(name = "service_id")
    @SuppressWarnings("NullAway.Init")
    private Long serviceId;

    @Column(name = "site_id")
    private long siteId;

    @Enumerated(EnumType.STRING)
    private MigrationStage stage;

    private @Nullable BigDecimal percent;

    @Column(name = "backend_weight")
    private @Nullable Integer backendWeight;

    private boolean forwards;

    /// JSON of a list of [dev.holdfast.wire.LegacyDestination].
    @JdbcTypeCode(SqlTypes.JSON)
    @Column(columnDefinition = "jsonb")
    private String legacy;

    private long revision;

    /// For JPA.
    @SuppressWarnings("NullAway.Init")
    protected MigrationEntity() {}

    @SuppressWarnings("NullAway.Init") // become() sets the rest
    MigrationEntity(long siteId, long serviceId) {
        this.siteId = siteId;
        this.serviceId = serviceId;
    }

    /// @param legacyJson of the course's old load balancers
    void become(Course course, @Nullable BigDecimal ofPercent, String legacyJson, long atRevision) {
        stage = course.stage();
        percent = ofPercent;
        backendWeight = course.backendWeight();
        forwards = course.forwards();
        legacy = legacyJson;
        revision = atRevision;
    }

    long serviceId() {
        return serviceId;
    }

    MigrationStage stage() {
        return stage;
    }

    @Nullable BigDecimal percent() {
        return percent == null ? null : MigrationRules.shortest(percent);
    }

    @Nullable Integer backendWeight() {
        return backendWeight;
    }

    boolean forwards() {
        return forwards;
    }

    String legacy() {
        return legacy;
    }

    long revision() {
        return revision;
    }
}
