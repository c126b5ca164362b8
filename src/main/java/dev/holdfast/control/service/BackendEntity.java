package dev.holdfast.control.service;

import dev.holdfast.wire.AdminState;
import dev.holdfast.wire.Backend;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.Table;

@Entity
@Table(name = "backend")
class BackendEntity {

    @Id
    @GeneratedValue(strategy = GenerationType.IDENTITY)
    @SuppressWarnings("NullAway.Init") // set by the database
    private Long id;

    @Column(name = "site_id")
    private long siteId;

    @Column(name = "service_id")
    private long serviceId;

    @Column(name = "host_id")
    private long hostId;

    private int weight;

    @Enumerated(EnumType.STRING)
    @Column(name = "admin_state")
    private AdminState adminState;

    private long ordinal;
    private long revision;

    /// For JPA.
    @SuppressWarnings("NullAway.Init")
    protected BackendEntity() {}

    @SuppressWarnings("NullAway.Init") // become() sets the rest
    BackendEntity(ServiceEntity service, long hostId, long ordinal) {
        this.siteId = service.siteId();
        this.serviceId = service.id();
        this.hostId = hostId;
        this.ordinal = ordinal;
    }

    void become(BackendSettings settings, long atRevision) {
        weight = settings.weight();
        adminState = settings.adminState();
        revision = atRevision;
    }

    BackendSettings settings() {
        return new BackendSettings(weight, adminState);
    }

    long hostId() {
        return hostId;
    }

    long revision() {
        return revision;
    }

    Backend shown(String service, String host) {
        return new Backend(
                service,
                host,
                weight,
                adminState,
                ordinal,
                adminState == AdminState.ENABLED,
                revision);
    }
}
