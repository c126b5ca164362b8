package dev.holdfast.control.desired;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.holdfast.wire.Encapsulation;
import dev.holdfast.wire.HostAddress;
import dev.holdfast.wire.HostService;
import dev.holdfast.wire.NodeAddress;
import dev.holdfast.wire.NodePart;
import dev.holdfast.wire.Prefix;
import dev.holdfast.wire.ServiceState;
import dev.holdfast.wire.VipAddress;
import java.util.List;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/// Writes resources as they travel.
@Component
class Pieces {

    /// What of a site itself all its load balancers are told.
    record NodeSettings(Encapsulation encapsulation, List<Prefix> vipRanges) {}

    /// What of a site itself a backend host needs.
    ///
    /// @param accepts left out when there is none: so it was before there was such a thing, and
    ///   agents of that time find the digest that they expect
    record HostSettings(
            Encapsulation encapsulation,
            @JsonInclude(JsonInclude.Include.NON_EMPTY) List<Encapsulation> accepts,
            int mss) {}

    private final JsonMapper json;

    Pieces(JsonMapper json) {
        this.json = json;
    }

    Known<SitePart> site(SitePart site, long revision) {
        NodeSettings told = new NodeSettings(site.encapsulation(), site.vipRanges());
        return new Known<>("", site, piece("site", "", told), revision);
    }

    /// Its peers are told its address only, and that alone is in the digest.
    Known<NodePart> node(NodePart node, long revision) {
        NodeAddress told = new NodeAddress(node.name(), node.address());
        return new Known<>(node.name(), node, piece("node", node.name(), told), revision);
    }

    Known<HostAddress> host(HostAddress host, long revision) {
        return new Known<>(host.name(), host, piece("host", host.name(), host), revision);
    }

    Known<ServiceState> service(ServiceState service, long revision) {
        return new Known<>(
                service.name(), service, piece("service", service.name(), service), revision);
    }

    Piece forHost(HostSettings settings) {
        return piece("site", "", settings);
    }

    Piece forHost(HostService service) {
        return piece("service", service.name(), service);
    }

    Piece forHost(VipAddress vip) {
        return piece("vip", vip.name(), vip);
    }

    /// Not part of any digest.
    byte[] json(Object value) {
        return json.writeValueAsBytes(value);
    }

    private Piece piece(String kind, String name, Object value) {
        return new Piece(kind, name, json.writeValueAsBytes(value));
    }
}
