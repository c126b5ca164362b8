package dev.holdfast.control.service;

import dev.holdfast.wire.Affinity;
import dev.holdfast.wire.Prefix;
import jakarta.persistence.CollectionTable;
import jakarta.persistence.Column;
import jakarta.persistence.ElementCollection;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.OrderColumn;
import jakarta.persistence.Table;
import java.util.ArrayList;
import java.util.List;
import org.hibernate.annotations.BatchSize;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;
import org.jspecify.annotations.Nullable;

@Entity
@Table(name = "service")
class ServiceEntity {

    @Id
    @GeneratedValue(strategy = GenerationType.IDENTITY)
    @SuppressWarnings("NullAway.Init") // set by the database
    private Long id;

    @Column(name = "site_id")
    private long siteId;

    private String name;

    @Column(name = "vip_id")
    private long vipId;

    @ElementCollection
    @CollectionTable(name = "service_port", joinColumns = @JoinColumn(name = "service_id"))
    @OrderColumn(name = "position")
    @BatchSize(size = 100)
    private List<ClaimedPort> ports = new ArrayList<>();

    @Enumerated(EnumType.STRING)
    private Affinity affinity;

    @JdbcTypeCode(SqlTypes.ARRAY)
    @Column(name = "allowed_sources", columnDefinition = "text[]")
    private @Nullable List<String> allowedSources;

    /// JSON of a [dev.holdfast.wire.HealthCheck] with its defaults filled in.
    @JdbcTypeCode(SqlTypes.JSON)
    @Column(name = "health_check", columnDefinition = "jsonb")
    private @Nullable String healthCheck;

    @Column(name = "max_collateral_percent")
    private @Nullable Double maxCollateralPercent;

    @Column(name = "second_chance")
    private boolean secondChance;

    @Column(name = "udp_second_chance")
    private boolean udpSecondChance;

    private @Nullable String owner;
    private long revision;

    @Column(name = "state_revision")
    private long stateRevision;

    /// For JPA.
    @SuppressWarnings("NullAway.Init")
    protected ServiceEntity() {}

    @SuppressWarnings("NullAway.Init") // become() sets the rest
    ServiceEntity(long siteId, String name) {
        this.siteId = siteId;
        this.name = name;
    }

    /// @param healthCheckJson of the settings' health check
    void become(
            ServiceSettings settings,
            @Nullable String healthCheckJson,
            long ofVip,
            long atRevision) {
        vipId = ofVip;
        ports.clear();
        settings.ports()
                .forEach(port -> ports.add(new ClaimedPort(ofVip, port.protocol(), port.number())));
        affinity = settings.affinity();
        List<Prefix> sources = settings.allowedSources();
        allowedSources = sources == null ? null : sources.stream().map(Prefix::toString).toList();
        healthCheck = healthCheckJson;
        maxCollateralPercent = settings.maxCollateralPercent();
        secondChance = settings.secondChance();
        udpSecondChance = settings.udpSecondChance();
        owner = settings.owner();
        revision = atRevision;
        stateRevision = atRevision;
    }

    /// What load balancers program of it changes at this revision.
    void stateChanges(long atRevision) {
        stateRevision = atRevision;
    }

    KnownService known() {
        return new KnownService(id, name, vipId, revision);
    }

    long id() {
        return id;
    }

    long siteId() {
        return siteId;
    }

    String name() {
        return name;
    }

    long vipId() {
        return vipId;
    }

    List<ServiceSettings.Port> ports() {
        return ports.stream().map(ClaimedPort::settings).toList();
    }

    Affinity affinity() {
        return affinity;
    }

    @Nullable List<Prefix> allowedSources() {
        return allowedSources == null ? null : allowedSources.stream().map(Prefix::parse).toList();
    }

    @Nullable String healthCheck() {
        return healthCheck;
    }

    @Nullable Double maxCollateralPercent() {
        return maxCollateralPercent;
    }

    boolean secondChance() {
        return secondChance;
    }

    boolean udpSecondChance() {
        return udpSecondChance;
    }

    @Nullable String owner() {
        return owner;
    }

    long revision() {
        return revision;
    }
}
