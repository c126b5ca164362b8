package dev.holdfast.control.service;

import dev.holdfast.wire.AdminState;
import dev.holdfast.wire.Backend;
import dev.holdfast.wire.BackendHealth;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

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

    @Column(name = "drain_seconds")
    private int drainSeconds;

    private long ordinal;
    private long revision;
    private boolean serving;

    @Enumerated(EnumType.STRING)
    private BackendHealth.@Nullable State health;

    @Column(name = "health_why")
    private @Nullable String healthWhy;

    @Column(name = "health_since")
    private @Nullable Instant healthSince;

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
        drainSeconds = settings.drainSeconds();
        revision = atRevision;
    }

    /// What automation found of it.
    void isFound(@Nullable BackendHealth found) {
        health = found == null ? null : found.state();
        healthWhy = found == null ? null : found.why();
        healthSince = found == null ? null : found.since();
    }

    /// @return whether that is new
    boolean serves(boolean now, long atRevision) {
        if (serving == now) {
            return false;
        }
        serving = now;
        revision = atRevision;
        return true;
    }

    BackendRepository.Seat seat(String host) {
        return new BackendRepository.Seat(id, host, adminState, health, serving);
    }

    @Nullable BackendHealth health() {
        return health == null || healthWhy == null || healthSince == null
                ? null
                : new BackendHealth(health, healthWhy, healthSince);
    }

    BackendSettings settings() {
        return new BackendSettings(weight, adminState, drainSeconds);
    }

    long id() {
        return id;
    }

    long serviceId() {
        return serviceId;
    }

    long hostId() {
        return hostId;
    }

    long revision() {
        return revision;
    }

    /// Without what is observed.
    Backend shown(String service, String host) {
        return new Backend(
                service,
                host,
                weight,
                adminState,
                drainSeconds,
                ordinal,
                serving,
                health(),
                null,
                null,
                null,
                null,
                revision);
    }
}
