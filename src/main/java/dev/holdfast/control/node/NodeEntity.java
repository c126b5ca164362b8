package dev.holdfast.control.node;

import dev.holdfast.wire.IpAddress;
import dev.holdfast.wire.Node;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.Table;

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
        return new Node(name, address, null, revision);
    }
}
