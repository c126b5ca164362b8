package dev.holdfast.control.site;

import dev.holdfast.wire.Encapsulation;
import dev.holdfast.wire.Limits;
import dev.holdfast.wire.Prefix;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.util.List;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;
import org.jspecify.annotations.Nullable;

@Entity
@Table(name = "site")
class SiteEntity {

    @Id private long id;

    @JdbcTypeCode(SqlTypes.ARRAY)
    @Column(name = "vip_ranges", columnDefinition = "text[]")
    private List<String> vipRanges;

    @JdbcTypeCode(SqlTypes.ARRAY)
    @Column(name = "tunnel_ranges", columnDefinition = "text[]")
    private List<String> tunnelRanges;

    @Enumerated(EnumType.STRING)
    private Encapsulation.Kind encapsulation;

    @Column(name = "encapsulation_port")
    private @Nullable Integer encapsulationPort;

    @JdbcTypeCode(SqlTypes.ARRAY)
    @Column(name = "accepts", columnDefinition = "text[]")
    private List<String> accepts;

    @Column(name = "underlay_mtu")
    private int underlayMtu;

    @Column(name = "cliff_percent")
    private int cliffPercent;

    @Column(name = "max_collateral_percent")
    private @Nullable Double maxCollateralPercent;

    private long revision;

    /// For JPA.
    @SuppressWarnings("NullAway.Init")
    protected SiteEntity() {}

    @SuppressWarnings("NullAway.Init") // become() sets them all
    SiteEntity(long id, SiteSettings settings, long revision) {
        this.id = id;
        become(settings, revision);
    }

    final void become(SiteSettings settings, long revision) {
        vipRanges = settings.vipRanges().stream().map(Prefix::toString).toList();
        tunnelRanges = settings.tunnelRanges().stream().map(Prefix::toString).toList();
        encapsulation = settings.kind();
        encapsulationPort = settings.encapsulation().port();
        accepts = Encapsulations.texts(settings.accepts());
        underlayMtu = settings.underlayMtu();
        cliffPercent = settings.cliffPercent();
        maxCollateralPercent = settings.limits().maxCollateralPercent();
        this.revision = revision;
    }

    SiteSettings settings() {
        return new SiteSettings(
                vipRanges.stream().map(Prefix::parse).toList(),
                tunnelRanges.stream().map(Prefix::parse).toList(),
                new Encapsulation(encapsulation, encapsulationPort),
                Encapsulations.parse(accepts),
                underlayMtu,
                new Limits(cliffPercent, maxCollateralPercent));
    }

    long revision() {
        return revision;
    }
}
