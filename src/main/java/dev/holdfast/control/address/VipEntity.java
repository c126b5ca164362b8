package dev.holdfast.control.address;

import dev.holdfast.wire.IpAddress;
import dev.holdfast.wire.Vip;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.Table;

@Entity
@Table(name = "vip")
class VipEntity {

    @Id
    @GeneratedValue(strategy = GenerationType.IDENTITY)
    @SuppressWarnings("NullAway.Init") // set by the database
    private Long id;

    @Column(name = "site_id")
    private long siteId;

    private String name;
    private IpAddress address;
    private long revision;

    /// For JPA.
    @SuppressWarnings("NullAway.Init")
    protected VipEntity() {}

    @SuppressWarnings("NullAway.Init")
    VipEntity(long siteId, String name, IpAddress address, long revision) {
        this.siteId = siteId;
        this.name = name;
        this.address = address;
        this.revision = revision;
    }

    void move(IpAddress to, long atRevision) {
        address = to;
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

    KnownVip known() {
        return new KnownVip(id, name, address);
    }

    Vip shown() {
        return new Vip(name, address, address.family(), revision, null);
    }
}
