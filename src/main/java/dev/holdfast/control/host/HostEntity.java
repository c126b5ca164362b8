package dev.holdfast.control.host;

import dev.holdfast.wire.Family;
import dev.holdfast.wire.Host;
import dev.holdfast.wire.IpAddress;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

@Entity
@Table(name = "host")
class HostEntity {

    @Id
    @GeneratedValue(strategy = GenerationType.IDENTITY)
    @SuppressWarnings("NullAway.Init") // set by the database
    private Long id;

    @Column(name = "site_id")
    private long siteId;

    private String name;
    private IpAddress address;

    @Column(name = "tunnel_address4")
    private @Nullable IpAddress tunnelAddress4;

    @Column(name = "tunnel_address6")
    private @Nullable IpAddress tunnelAddress6;

    private long revision;

    /// For JPA.
    @SuppressWarnings("NullAway.Init")
    protected HostEntity() {}

    @SuppressWarnings("NullAway.Init")
    HostEntity(long siteId, String name, IpAddress address, long revision) {
        this.siteId = siteId;
        this.name = name;
        this.address = address;
        this.revision = revision;
    }

    void move(IpAddress to, long atRevision) {
        address = to;
        revision = atRevision;
    }

    void tunnel(Family family, @Nullable IpAddress to, long atRevision) {
        switch (family) {
            case IPV4 -> tunnelAddress4 = to;
            case IPV6 -> tunnelAddress6 = to;
        }
        revision = atRevision;
    }

    @Nullable IpAddress tunnel(Family family) {
        return switch (family) {
            case IPV4 -> tunnelAddress4;
            case IPV6 -> tunnelAddress6;
        };
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

    KnownHost known() {
        return new KnownHost(id, name, address, tunnels());
    }

    Host shown() {
        return new Host(name, address, tunnels(), null, revision);
    }

    private List<IpAddress> tunnels() {
        return Stream.of(tunnelAddress4, tunnelAddress6).filter(Objects::nonNull).toList();
    }
}
