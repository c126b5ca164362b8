package dev.holdfast.control.service;

import dev.holdfast.wire.Protocol;
import jakarta.persistence.Column;
import jakarta.persistence.Embeddable;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;

/// A port of a service, with the VIP it is claimed on: the database keeps two services off one.
@Embeddable
record ClaimedPort(
        @Column(name = "vip_id") long vipId,
        @Enumerated(EnumType.STRING) Protocol protocol,
        int port) {

    ServiceSettings.Port settings() {
        return new ServiceSettings.Port(protocol, port);
    }
}
