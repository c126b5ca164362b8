package dev.holdfast.control.node;

import dev.holdfast.wire.IpAddress;
import dev.holdfast.wire.Maintenance;
import dev.holdfast.wire.Node;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

@Entity
@Table(name = "node")
class NodeEntity {

    @Id
    @GeneratedValue(strategy = GenerationType.IDENTITY)
    @SuppressWarnings("NullAway.Init") // set by the database
    private Long id;

    @Column(name = "site_id")
    private long siteId;

    private String name;
    private IpAddress address;
    private long revision;

    @Column(name = "maintenance_reason")
    private @Nullable String maintenanceReason;

    @Column(name = "maintenance_since")
    private @Nullable Instant maintenanceSince;

    @Column(name = "maintenance_by")
    private @Nullable String maintenanceBy;

    @Column(name = "maintenance_revision")
    private @Nullable Long maintenanceRevision;

    /// For JPA.
    @SuppressWarnings("NullAway.Init")
    protected NodeEntity() {}

    @SuppressWarnings("NullAway.Init")
    NodeEntity(long siteId, String name, IpAddress address, long revision) {
        this.siteId = siteId;
        this.name = name;
        this.address = address;
        this.revision = revision;
    }

    void move(IpAddress to, long atRevision) {
        address = to;
        revision = atRevision;
    }

    void takeOut(String reason, Instant since, String by, long atRevision) {
        maintenanceReason = reason;
        maintenanceSince = since;
        maintenanceBy = by;
        maintenanceRevision = atRevision;
        revision = atRevision;
    }

    void bringBack(long atRevision) {
        maintenanceReason = null;
        maintenanceSince = null;
        maintenanceBy = null;
        maintenanceRevision = null;
        revision = atRevision;
    }

    String name() {
        return name;
    }

    IpAddress address() {
        return address;
    }

    long revision() {
        return revision;
    }

    Node shown() {
        return new Node(name, address, null, revision, maintenance());
    }

    /// Without what is observed; null when it is in service.
    @Nullable Maintenance maintenance() {
        return maintenanceRevision == null
                ? null
                : new Maintenance(
                        maintenanceReason,
                        maintenanceSince,
                        maintenanceBy,
                        null,
                        null,
                        maintenanceRevision);
    }
}
